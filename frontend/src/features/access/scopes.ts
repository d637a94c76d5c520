import type { components } from "@/types/api.generated";

export type Scope = components["schemas"]["PersonalToken"]["scopes"][number];

/** The scopes in words, in the order in which they are shown. */
export const SCOPES: readonly { scope: Scope; label: string; means: string }[] = [
  { scope: "read", label: "Read", means: "contacts, notes, ties, paths and introductions" },
  {
    scope: "write",
    label: "Change",
    means: "contacts, notes, tags and ties; undo brings them back",
  },
  {
    scope: "introduce",
    label: "Introduce",
    means: "send e-mails in your name that ask for introductions",
  },
  { scope: "webhooks", label: "Webhooks", means: "have changes reported to another server" },
];

/** Scopes as one line, such as "Read, change". */
export function scopesLine(scopes: readonly Scope[]): string {
  const labels = SCOPES.filter(({ scope }) => scopes.includes(scope)).map(({ label }) => label);
  return labels.map((label, place) => (place ? label.toLowerCase() : label)).join(", ");
}
