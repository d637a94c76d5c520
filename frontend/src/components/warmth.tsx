import { percent } from "@/lib/format";
import { warmthVariable, warmthWord } from "@/theme/warmth";
import styles from "./warmth.module.css";

/** A strength as length, colour and number. */
export function Warmth({ strength, word = false }: { strength: number; word?: boolean }) {
  return (
    <span className={styles.warmth} title={`${percent(strength)}, ${warmthWord(strength)}`}>
      <span className={styles.track} aria-hidden>
        <span
          className={styles.fill}
          style={{ width: `${Math.max(6, strength * 100)}%`, background: warmthVariable(strength) }}
        />
      </span>
      <span className={styles.number}>{percent(strength)}</span>
      {word && <span className={styles.word}>{warmthWord(strength)}</span>}
    </span>
  );
}
