import { Avatar } from "@/components/avatar";
import { displayName, percent } from "@/lib/format";
import { warmthVariable, warmthWord } from "@/theme/warmth";
import type { Path } from "@/types/api";
import styles from "./path-faces.module.css";

const THINNEST_PX = 2;
const THICKEST_PX = 11;

interface PathFacesProps {
  path: Path;
  /** The user's own contact, called "You". */
  selfId: string;
  size?: number;
  onPerson?: (id: string) => void;
}

/** A way as a row of faces; the lines between them are as thick and as warm as the ties. */
export function PathFaces({ path, selfId, size = 44, onPerson }: PathFacesProps) {
  return (
    <ol className={styles.path} aria-label={pathInWords(path, selfId)}>
      {path.contacts.map((contact, at) => {
        const self = contact.id === selfId;
        const name = displayName(contact);
        const shown = self ? "You" : name;
        return (
          <li key={contact.id} className={styles.hop}>
            {at > 0 && <TieLine strength={path.strengths[at - 1] ?? 0} />}
            <span className={styles.person}>
              <Avatar name={name} size={size} self={self} />
              {onPerson && !self ? (
                <button
                  type="button"
                  className={styles.name}
                  title={name}
                  onClick={() => onPerson(contact.id)}
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

function TieLine({ strength }: { strength: number }) {
  const thickness = `${THINNEST_PX + strength * (THICKEST_PX - THINNEST_PX)}px`;
  return (
    <span className={styles.tie} title={`${percent(strength)}, ${warmthWord(strength)}`}>
      <span
        className={styles.line}
        style={{
          height: thickness,
          ["--thickness" as string]: thickness,
          background: warmthVariable(strength),
        }}
      />
      <span className={styles.strength}>{percent(strength)}</span>
    </span>
  );
}

/** Returns a way as a sentence, for who cannot see the lines. */
export function pathInWords(path: Path, selfId: string): string {
  const names = path.contacts.map((each) => (each.id === selfId ? "you" : displayName(each)));
  const ties = path.strengths.map((strength, at) => {
    return `${names[at] ?? ""} to ${names[at + 1] ?? ""} ${percent(strength)}`;
  });
  return `${percent(path.strength)} in all: ${ties.join(", ")}`;
}
