import { displayName, firstName } from "@/lib/format";
import type { Path } from "@/types/api";

/** Draft what the connector is asked: short, one ask, ready to be passed on as it stands. */
export function draftMessage(path: Path): string {
  const target = path.contacts.at(-1);
  const connector = path.contacts[1];
  if (!target || !connector) return "";
  const name = displayName(target);
  const at = target.company ? ` at ${target.company}` : "";
  return (
    `I would like to meet ${name}${at} and think fifteen minutes would be worth it for both sides. ` +
    `Would you be comfortable introducing us? ` +
    `If it is not a good moment for ${firstName(name)}, I understand.`
  );
}
