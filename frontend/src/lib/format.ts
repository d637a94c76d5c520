const relative = new Intl.RelativeTimeFormat("en", { numeric: "always", style: "narrow" });
const dateTime = new Intl.DateTimeFormat("en", { dateStyle: "medium", timeStyle: "short" });
const day = new Intl.DateTimeFormat("en", { dateStyle: "medium" });
const shortDay = new Intl.DateTimeFormat("en", { month: "short", day: "numeric" });
const count = new Intl.NumberFormat("en");

const UNITS: [Intl.RelativeTimeFormatUnit, number][] = [
  ["year", 31_557_600],
  ["month", 2_629_800],
  ["week", 604_800],
  ["day", 86_400],
  ["hour", 3600],
  ["minute", 60],
];

/** Return how long ago, in one word or two: "3d ago", "now". */
export function timeAgo(at: string, now = Date.now()): string {
  const seconds = (Date.parse(at) - now) / 1000;
  for (const [unit, length] of UNITS) {
    if (Math.abs(seconds) >= length) return relative.format(Math.trunc(seconds / length), unit);
  }
  return "now";
}

/** Return a time in full, in the reader's time zone. */
export function fullTime(at: string): string {
  return dateTime.format(new Date(at));
}

/** Return a date without a time. */
export function fullDate(at: string): string {
  return day.format(new Date(at));
}

/** Return a day without its year. */
export function shortDate(at: string): string {
  return shortDay.format(new Date(at));
}

/** Return a number with thousands separated. */
export function formatCount(value: number): string {
  return count.format(value);
}

/** Returns "1 contact", "2 contacts". */
export function plural(value: number, one: string, many = `${one}s`): string {
  return `${formatCount(value)} ${value === 1 ? one : many}`;
}

/** Return a share in (0, 1] as whole percent; a share above 0 never shows as 0. */
export function percent(share: number): string {
  return `${share > 0 ? Math.max(1, Math.round(share * 100)) : 0} %`;
}

/** Return seconds as "40 s", "3 min". */
export function duration(seconds: number): string {
  if (seconds < 60) return `${Math.max(1, Math.round(seconds))} s`;
  return `${Math.round(seconds / 60)} min`;
}

/** Return the name to show: of a person without one, the e-mail or the profile's address. */
export function displayName(contact: {
  name?: string | null;
  email?: string | null;
  linkedin_url?: string | null;
}): string {
  return (
    contact.name?.trim() ||
    contact.email ||
    contact.linkedin_url?.replace(/^.*\/in\//, "").replace(/\/$/, "") ||
    "No name"
  );
}

/** Return the first name alone, for sentences. */
export function firstName(name: string): string {
  return name.split(/[\s@]/, 1)[0] ?? name;
}
