/** Hand the browser a file to keep. */
export function saveFile(name: string, content: Blob | string, type = "text/csv"): void {
  const blob = typeof content === "string" ? new Blob([content], { type }) : content;
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  // The click only begins the download; the address must live until it has been read.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
