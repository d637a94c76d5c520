import { Avatar } from "@/components/avatar";
import { displayName, percent } from "@/lib/format";
import { teamTieWord } from "@/features/graph/team-ties";
import { strengthVariable, strengthWord } from "@/theme/strength";
import type { Path } from "@/types/api";
import styles from "./path-faces.module.css";

const THINNEST_PX = 2;
const THICKEST_PX = 11;

interface PathFacesProps {
  path: Path;
  /** The self contact, shown as "You". */
  selfId: string;
  size?: number;
  onPerson?: (id: string) => void;
}

/** A path as a row of faces; the lines between them are as thick and as warm as the ties. */
export function PathFaces({ path, selfId, size = 44, onPerson }: PathFacesProps) {
  // Contacts behind a colleague belong to the colleague; the user cannot open them.
  const open = path.colleague ? undefined : onPerson;
  return (
    <ol className={styles.path} aria-label={pathInWords(path, selfId)}>
      {path.contacts.map((contact, at) => {
        const self = contact.id === selfId;
        const name = displayName(contact);
        const shown = self ? "You" : name;
        return (
          <li key={contact.id} className={styles.hop}>
            {at > 0 && (
              <TieLine
                strength={path.strengths[at - 1] ?? 0}
                words={tieWords(path, at - 1)}
                guessed={path.ties[at - 1]?.kind === "guessed"}
              />
            )}
            <span className={styles.person}>
              <Avatar name={name} size={size} self={self} />
              {open && !self ? (
                <button
                  type="button"
                  className={styles.name}
                  title={name}
                  onClick={() => open(contact.id)}
                >
                  {shown}
                </button>
              ) : (
                <span className={styles.name}>{shown}</span>
              )}
              {!self && contact.company && <span className={styles.work}>{contact.company}</span>}
            </span>
          </li>
        );
      })}
    </ol>
  );
}

/** The words for a tie: percent, or one of three words for a colleague's ties, if any is shared. */
function tieWords(path: Path, at: number): string {
  const strength = path.strengths[at] ?? 0;
  if (!path.colleague || at === 0) return percent(strength);
  return path.colleague.shares_strengths === false ? "a tie" : teamTieWord(strength);
}

interface TieLineProps {
  strength: number;
  words: string;
  /** A tie that nobody has stated and nothing has shown is dashed. */
  guessed: boolean;
}

function TieLine({ strength, words, guessed }: TieLineProps) {
  const thickness = `${THINNEST_PX + strength * (THICKEST_PX - THINNEST_PX)}px`;
  return (
    <span className={styles.tie} title={`${words}, ${strengthWord(strength)}`}>
      <span
        className={guessed ? `${styles.line} ${styles.guessed}` : styles.line}
        style={{
          height: thickness,
          ["--thickness" as string]: thickness,
          background: strengthVariable(strength),
        }}
      />
      <span className={styles.strength}>{words}</span>
    </span>
  );
}

/** Return a path as a sentence, for screen readers. */
export function pathInWords(path: Path, selfId: string): string {
  const names = path.contacts.map((each) => (each.id === selfId ? "you" : displayName(each)));
  const ties = path.strengths.map((_, at) => {
    return `${names[at] ?? ""} to ${names[at + 1] ?? ""} ${tieWords(path, at)}`;
  });
  return `${percent(path.likelihood)} likely: ${ties.join(", ")}`;
}
