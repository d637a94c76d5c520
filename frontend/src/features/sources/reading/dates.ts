/** Dates of mail headers as seconds since 1970. The same as `shared/formats/mail/dates.py`. */

const COMMON =
  /^(?:[A-Za-z]{3}, *)?(\d{1,2}) ([A-Za-z]{3}) (\d{4}) (\d{1,2}):(\d\d)(?::(\d\d))? ?([+-]\d{4})(?: \([^)]*\))?$/;
const ISO =
  /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d))?(?:[.,]\d+)? ?(Z|UTC|[+-]\d\d:?\d\d)?/i;
const TIME = /(?<![\d:.])(\d{1,2})[:.](\d\d)(?:[:.](\d\d))?(?![\d:])(?: ?([AaPp])\.?[Mm]\b)?/;
const ZONE = /(?<![\d+-])(?:GMT|UTC)?([+-])(\d\d):?(\d\d)(?!\d)/i;
const LETTERS = /[A-Za-zÀ-ɏ]+/g;
const NUMBER = /(?<!\d)\d{1,4}(?!\d)/g;
const MONTHS: ReadonlyMap<string, number> = new Map([
  ...[
    ["jan"],
    ["feb", "fév", "fev"],
    ["mar", "mär", "mrz"],
    ["apr", "avr", "abr"],
    ["may", "mai", "mei", "maj"],
    ["jun"],
    ["jul"],
    ["aug", "aoû", "ago"],
    ["sep", "set"],
    ["oct", "okt", "out", "ott"],
    ["nov"],
    ["dec", "dez", "déc", "dic"],
  ].flatMap((names, at) => names.map((name): [string, number] => [name, at + 1])),
  ["juin", 6],
  ["juil", 7],
  ["juillet", 7],
  ["juni", 6],
  ["juli", 7],
]);
// prettier-ignore
const ZONES: ReadonlyMap<string, number> = new Map([
  ["UT", 0], ["UTC", 0], ["GMT", 0], ["Z", 0], ["WET", 0], ["EST", -5], ["EDT", -4], ["CST", -6], ["CDT", -5],
  ["MST", -7], ["MDT", -6], ["PST", -8], ["PDT", -7], ["AST", -4], ["ADT", -3], ["WEST", 1], ["BST", 1],
  ["CET", 1], ["MET", 1], ["MEZ", 1], ["CEST", 2], ["MEST", 2], ["MESZ", 2], ["EET", 2], ["EEST", 3],
  ["MSK", 3], ["JST", 9], ["KST", 9], ["HKT", 8], ["AEST", 10], ["AEDT", 11], ["NZST", 12], ["NZDT", 13],
]);
const HOUR = 3600;
const MOST_ZONE = 14 * HOUR;
const LONGEST = 200;
const CENTURY_BREAK = 50;

/** Return the seconds since 1970 of a single-spaced date; null where it cannot be read. */
export function secondsOf(text: string): number | null {
  const match = COMMON.exec(text);
  if (match) {
    const [, day, name = "", year, hour, minute, second, zone = ""] = match;
    const month = MONTHS.get(name.toLowerCase());
    if (month !== undefined) {
      const seconds = inUtc([Number(year), month, Number(day)], [hour, minute, second]);
      return seconds === null ? null : seconds - offset(zone, zone.slice(1, 3), zone.slice(3));
    }
  }
  return lenient(text.slice(0, LONGEST));
}

function lenient(text: string): number | null {
  const iso = ISO.exec(text);
  if (iso) {
    const [, year, month, day, hour, minute, second, zone = ""] = iso;
    const seconds = inUtc([Number(year), Number(month), Number(day)], [hour, minute, second]);
    if (seconds === null || !/^[+-]/.test(zone)) return seconds;
    return seconds - offset(zone, zone.slice(1, 3), zone.slice(-2));
  }
  const rest = text.replace(/\([^()]*\)/g, " ").replace(/ *: */g, ":");
  const time = TIME.exec(rest);
  if (!time) return null;
  let hour = Number(time[1]);
  if (time[4]) hour = (hour % 12) + ("pP".includes(time[4]) ? 12 : 0);
  const before = rest.slice(0, time.index);
  const [east, behind] = zoneOf(rest.slice(time.index + time[0].length));
  const date = dateOf(`${before} ${behind}`);
  if (date === null) return null;
  const seconds = inUtc(date, [hour, time[2], time[3]]);
  return seconds === null ? null : seconds - east;
}

function zoneOf(text: string): [number, string] {
  const zone = ZONE.exec(text);
  if (zone) {
    const rest = `${text.slice(0, zone.index)} ${text.slice(zone.index + zone[0].length)}`;
    return [offset(zone[1] ?? "", zone[2] ?? "", zone[3] ?? ""), rest];
  }
  for (const [word] of text.matchAll(LETTERS)) {
    const hours = ZONES.get(word.toUpperCase());
    if (hours !== undefined) return [hours * HOUR, text];
  }
  return [0, text];
}

function dateOf(text: string): [number, number, number] | null {
  let month = 0;
  for (const [word] of text.matchAll(LETTERS)) {
    const name = word.toLowerCase();
    month = MONTHS.get(name) ?? MONTHS.get(name.slice(0, 3)) ?? 0;
    if (month) break;
  }
  let [first, second] = [...text.matchAll(NUMBER)].map(([number]) => number);
  if (!month || first === undefined || second === undefined) return null;
  if (first.length === 4) [first, second] = [second, first];
  if (first.length > 2 || second.length === 3) return null;
  let year = Number(second);
  if (second.length <= 2) year += year < CENTURY_BREAK ? 2000 : 1900;
  return [year, month, Number(first)];
}

function offset(sign: string, hours: string, minutes: string): number {
  const seconds = Number(hours) * HOUR + Number(minutes) * 60;
  if (seconds > MOST_ZONE) return 0;
  return sign.startsWith("-") ? -seconds : seconds;
}

type Part = string | number | undefined;

function inUtc(
  [year, month, day]: [number, number, number],
  time: readonly [Part, Part, Part],
): number | null {
  const [hour = 0, minute = 0, second = 0] = time.map((part) => Number(part ?? 0));
  const isDate = year > 0 && month >= 1 && month <= 12 && day >= 1 && day <= 31;
  if (!isDate || hour > 24 || minute > 59 || second > 60) return null;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date.getTime() / 1000 + hour * HOUR + minute * 60 + second;
}

/** Return seconds since 1970 as `2003-07-01T08:52:37Z`. */
export function rfc3339(seconds: number): string {
  return `${new Date(seconds * 1000).toISOString().slice(0, 19)}Z`;
}
