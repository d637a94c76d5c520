const DAY_MS = 86_400_000;

/** Turn a file's last column, `days_ago`, into `at`: that number of days before a moment. */
export function dated(text: string, before: number): string {
  const [header = "", ...rows] = text.trim().split("\n");
  const lines = rows.map((row) => {
    const at = row.lastIndexOf(",") + 1;
    const moment = new Date(before - Number(row.slice(at)) * DAY_MS);
    return row.slice(0, at) + moment.toISOString();
  });
  return [header.replace(/days_ago$/, "at"), ...lines, ""].join("\n");
}
