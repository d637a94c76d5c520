import { percent } from "@/lib/format";
import { strengthVariable, strengthWord } from "@/theme/strength";
import styles from "./strength.module.css";

/** A strength as length, colour and number. */
export function Strength({ strength, word = false }: { strength: number; word?: boolean }) {
  return (
    <span className={styles.strength} title={`${percent(strength)}, ${strengthWord(strength)}`}>
      <span className={styles.track} aria-hidden>
        <span
          className={styles.fill}
          style={{
            width: `${Math.max(6, strength * 100)}%`,
            background: strengthVariable(strength),
          }}
        />
      </span>
      <span className={styles.number}>{percent(strength)}</span>
      {word && <span className={styles.word}>{strengthWord(strength)}</span>}
    </span>
  );
}
