import type { Question } from "@/components/confirm-store";
import type { Belongings } from "@/features/contacts/api/delete-contacts";
import { plural } from "@/lib/format";

/**
 * Return the question before contacts are deleted, or null when Undo can add everything again.
 *
 * `belongings` is the data deleted with them; null when there are too many contacts to read each.
 */
export function deletionQuestion(
  who: string,
  count: number,
  belongings: readonly Belongings[] | null,
): Question | null {
  const question = { title: `Delete ${who}?`, confirm: "Delete" };
  const them = count === 1 ? "the contact itself" : "the contacts themselves";
  const end = `Undo adds ${them} again, with notes and tags, but cannot restore these.`;
  if (belongings === null) {
    const text = `Their ties, and the e-mails and meetings known with them, are deleted too. ${end}`;
    return { ...question, text };
  }
  const ties = belongings.reduce((sum, each) => sum + each.ties, 0);
  const going = [
    ...(ties > 0 ? [plural(ties, "tie")] : []),
    ...(belongings.some(({ hasHistory }) => hasHistory) ? ["the known e-mails and meetings"] : []),
  ].join(" and ");
  if (going === "") return null;
  const verb = going === "1 tie" ? "is" : "are";
  const text = `${going.charAt(0).toUpperCase()}${going.slice(1)} ${verb} deleted too. ${end}`;
  return { ...question, text };
}
