import { displayName, firstName } from "@/lib/format";
import { strengthWord } from "@/theme/strength";
import { teamTieWord } from "@/features/graph/team-ties";
import type { Path } from "@/types/api";

/** Return in words why a path is worth trying: what its contacts share, and the weakest tie. */
export function pathReason(path: Path, selfId: string): string {
  const connector = path.contacts[1];
  const target = path.contacts.at(-1);
  if (!connector || !target) return "";
  const first = path.strengths[0] ?? 0;
  if (path.colleague) return teamReason(path);
  if (path.contacts.length === 2) {
    return `You know ${firstName(displayName(target))} yourself; your tie is ${strengthWord(first)}.`;
  }
  const parts = [`Your tie to ${firstName(displayName(connector))} is ${strengthWord(first)}`];
  const shared = sharedCompany(path, selfId);
  if (shared) parts.push(shared);
  const weak = weakestTie(path, selfId);
  if (weak) parts.push(weak);
  return `${parts.join("; ")}.`;
}

/**
 * Return the colleague's name and the next tie; nothing else of the colleague's contacts is shown.
 */
function teamReason({ contacts, strengths, colleague: sharing }: Path): string {
  const [colleague, next] = [contacts[1], contacts[2]];
  if (!colleague) return "";
  const name = firstName(displayName(colleague));
  if (!next) return `${name} is in your team.`;
  const how = sharing?.shares_strengths === false ? "" : `${teamTieWord(strengths[1] ?? 0)} `;
  const tie = `${how}tie to ${firstName(displayName(next))}`;
  return `${name} is in your team and has a ${tie}.`;
}

/** Return two neighbours at the same company, the nearest to the target first. */
function sharedCompany({ contacts }: Path, selfId: string): string | null {
  for (let at = contacts.length - 2; at >= 0; at -= 1) {
    const [a, b] = [contacts[at], contacts[at + 1]];
    if (!a?.company || a.company !== b?.company) continue;
    const who = a.id === selfId ? "you" : firstName(displayName(a));
    return `${who} and ${firstName(displayName(b))} are both at ${a.company}`;
  }
  return null;
}

/** Return the weakest tie of a long path, unless it is the user's tie. */
function weakestTie({ contacts, strengths }: Path, selfId: string): string | null {
  const weakest = Math.min(...strengths);
  const at = strengths.indexOf(weakest);
  const [a, b] = [contacts[at], contacts[at + 1]];
  if (strengths.length < 2 || weakest >= 0.4 || !a || !b || a.id === selfId) return null;
  return `the weakest tie is ${firstName(displayName(a))} to ${firstName(displayName(b))}`;
}
