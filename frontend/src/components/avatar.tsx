import styles from "./avatar.module.css";

interface AvatarProps {
  name: string;
  /** Width and height in pixels. */
  size?: number;
  /** Whether this is the user, who gets the accent colour. */
  self?: boolean;
}

/** Initials on a tint that belongs to the name. Decoration: the name stands beside it. */
export function Avatar({ name, size = 28, self = false }: AvatarProps) {
  return (
    <span
      aria-hidden
      className={self ? `${styles.avatar} ${styles.self}` : styles.avatar}
      style={{
        width: size,
        height: size,
        fontSize: Math.round(size * 0.38),
        ["--hue" as string]: hueOf(name),
      }}
    >
      {initialsOf(name)}
    </span>
  );
}

/** Return one or two letters for a name. */
export function initialsOf(name: string): string {
  const words = name
    .replace(/@.*/, "")
    .split(/[\s._-]+/)
    .filter((word) => /^\p{L}/u.test(word));
  const first = words[0]?.[0] ?? name[0] ?? "?";
  const last = words.length > 1 ? (words.at(-1)?.[0] ?? "") : "";
  return (first + last).toUpperCase();
}

/** Return a hue in degrees, always the same for a name. */
export function hueOf(name: string): number {
  let hash = 0;
  for (const char of name) hash = (hash * 31 + (char.codePointAt(0) ?? 0)) >>> 0;
  return hash % 360;
}
