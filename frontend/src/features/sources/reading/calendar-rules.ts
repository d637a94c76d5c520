/**
 * Repeated events: the rules of RFC 5545. The same as `shared/formats/calendar/rules.py`.
 *
 * A "local" time is milliseconds since 1970 as if its clock showed UTC; a day is a number of days.
 */

export interface Rule {
  frequency: string;
  interval: number;
  times: number | null;
  /** The last moment, on the clock of the start, or in UTC if `untilIsUtc`. */
  until: number | null;
  untilIsUtc: boolean;
  months: ReadonlySet<number>;
  weeks: ReadonlySet<number>;
  yearDays: ReadonlySet<number>;
  monthDays: ReadonlySet<number>;
  /** Weekdays (Monday is 0) with their ordinals; 0 is every one. */
  days: readonly (readonly [weekday: number, ordinal: number])[];
  positions: ReadonlySet<number>;
  weekStart: number;
}

/** The calendar cannot be read here: the reason, for an event; for a file where it is `TooMuch`. */
export class BadRule extends Error {}
export class TooMuch extends Error {}

export const DAY_MS = 86_400_000;
const MOST_DAYS = 20_000_000;
const LARGEST = 10_000;
const DAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];
const FREQUENCIES = new Set(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]);
const MOMENT = /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)?Z?)?$/;
const LAST_YEAR = 9999;

/** How many days the rules of a file may look at; a file of rules that never fit runs for days. */
export class Budget {
  #left: number;

  constructor(days = MOST_DAYS) {
    this.#left = days;
  }

  spend(days: number): void {
    this.#left -= days;
    if (this.#left < 0) {
      throw new TooMuch(
        "The events of the calendar repeat too often: export a shorter time, or fewer calendars at once",
      );
    }
  }
}

/** Read a rule, or throw a BadRule. */
export function ruleOf(text: string): Rule {
  const parts = new Map<string, string>();
  for (const each of text.toUpperCase().split(";")) {
    const at = each.indexOf("=");
    if (at >= 0) parts.set(each.slice(0, at).trim(), each.slice(at + 1).trim());
  }
  const frequency = parts.get("FREQ") ?? "";
  if (!FREQUENCIES.has(frequency)) throw new BadRule(frequency);
  const count = parts.get("COUNT") ?? "-";
  const until = parts.get("UNTIL");
  const start = DAYS.indexOf(parts.get("WKST") ?? "MO");
  return {
    frequency,
    interval: numberOf(parts.get("INTERVAL") ?? "1"),
    times: /^(-|0|$)/.test(count) ? null : numberOf(count),
    until: until === undefined ? null : endOf(until),
    untilIsUtc: until?.endsWith("Z") ?? false,
    months: numbersOf(parts, "BYMONTH", 12),
    weeks: numbersOf(parts, "BYWEEKNO", 53),
    yearDays: numbersOf(parts, "BYYEARDAY", 366),
    monthDays: numbersOf(parts, "BYMONTHDAY", 31),
    days: daysOf(parts.get("BYDAY") ?? ""),
    positions: numbersOf(parts, "BYSETPOS", 366),
    weekStart: Math.max(0, start),
  };
}

/** Read a date, or a date with a time, as a local time; or throw a BadRule. */
export function momentOf(text: string): number {
  const match = MOMENT.exec(text.trim());
  if (!match) throw new BadRule(text);
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match
    .slice(1)
    .map((part) => Number((part as string | undefined) ?? 0));
  const isTime = hour <= 23 && minute <= 59 && year >= 1 && month >= 1 && month <= 12;
  if (!isTime || day < 1 || day > daysIn(year, month)) throw new BadRule(text);
  const ms = ((hour * 60 + minute) * 60 + Math.min(second, 59)) * 1000;
  return dayOf(year, month, day) * DAY_MS + ms;
}

export interface OccurrenceOptions {
  /** No later local times are looked for. */
  until: number;
  most: number;
  budget?: Budget;
}

/** Return the local times at which an event takes place, the first one included. */
export function occurrences(start: number, rule: Rule, options: OccurrenceOptions): number[] {
  const { until, budget = new Budget() } = options;
  // The caller compares exactly: UNTIL may be in UTC.
  const last = rule.until === null ? until : Math.min(until, rule.until + DAY_MS);
  const most = Math.min(options.most, rule.times ?? options.most);
  if (start > until) return [];
  const first = Math.floor(start / DAY_MS);
  const time = start - first * DAY_MS;
  const found = [start];
  for (const day of ruleDays(first, rule, Math.floor(last / DAY_MS), budget)) {
    if (found.length >= most) break;
    if (day > first) found.push(day * DAY_MS + time);
  }
  return found.slice(0, most);
}

function* ruleDays(first: number, rule: Rule, last: number, budget: Budget): Generator<number> {
  for (const period of periods(first, rule, last)) {
    budget.spend(period.length);
    let days = period.filter((day) => fits(day, first, rule));
    if (rule.positions.size > 0) {
      const chosen = [...rule.positions].map((at) => days.at(at > 0 ? at - 1 : at));
      const some = chosen.filter((day) => day !== undefined);
      days = [...new Set(some)].sort((one, other) => one - other);
    }
    for (const day of days) {
      if (day > last) return;
      yield day;
    }
  }
}

function* periods(first: number, rule: Rule, last: number): Generator<number[]> {
  const { frequency, interval } = rule;
  if (frequency === "DAILY") {
    for (let day = first; day <= last; day += interval) yield [day];
  } else if (frequency === "WEEKLY") {
    const begin = first - ((weekday(first) - rule.weekStart + 7) % 7);
    for (let day = begin; day <= last; day += interval * 7) {
      yield Array.from({ length: 7 }, (_, at) => day + at);
    }
  } else if (frequency === "MONTHLY") {
    const { year, month } = partsOf(first);
    for (let at = year * 12 + month - 1; at < (LAST_YEAR + 1) * 12; at += interval) {
      const [ofYear, ofMonth] = [Math.floor(at / 12), (at % 12) + 1];
      if (dayOf(ofYear, ofMonth, 1) > last) return;
      yield daysOfMonth(ofYear, ofMonth);
    }
  } else {
    const begin = partsOf(first);
    const isOpen = rule.months.size === 0;
    let months = isOpen ? [begin.month] : [...rule.months].sort((one, other) => one - other);
    const byDay = rule.days.length > 0 || rule.monthDays.size > 0;
    if (rule.weeks.size > 0 || rule.yearDays.size > 0 || (byDay && isOpen)) {
      months = Array.from({ length: 12 }, (_, at) => at + 1);
    }
    const lastYear = Math.min(LAST_YEAR, partsOf(last).year);
    for (let year = begin.year; year <= lastYear; year += interval) {
      yield months.flatMap((month) => daysOfMonth(year, month));
    }
  }
}

function fits(day: number, first: number, rule: Rule): boolean {
  const { year, month, day: monthDay } = partsOf(day);
  const length = dayOf(year + 1, 1, 1) - dayOf(year, 1, 1);
  const yearDay = day - dayOf(year, 1, 1) + 1;
  const monthLength = daysIn(year, month);
  const isInWeek = rule.weeks.size === 0 || rule.frequency !== "YEARLY" || isWeek(day, rule);
  return (
    (rule.months.size === 0 || rule.months.has(month)) &&
    isInWeek &&
    isAmong(rule.yearDays, yearDay, length) &&
    isAmong(rule.monthDays, monthDay, monthLength) &&
    fitsWeekday(day, first, rule)
  );
}

/** Whether a place, counted from either end, is chosen; all are where none is. */
function isAmong(chosen: ReadonlySet<number>, at: number, length: number): boolean {
  return chosen.size === 0 || chosen.has(at) || chosen.has(at - length - 1);
}

function fitsWeekday(day: number, first: number, rule: Rule): boolean {
  if (rule.days.length > 0) return rule.days.some((each) => isDay(day, each, rule));
  if (rule.frequency === "WEEKLY" || (rule.frequency === "YEARLY" && rule.weeks.size > 0)) {
    return weekday(day) === weekday(first);
  }
  const isByMonth = rule.frequency === "MONTHLY" || rule.frequency === "YEARLY";
  if (isByMonth && rule.monthDays.size === 0 && rule.yearDays.size === 0) {
    return partsOf(day).day === partsOf(first).day;
  }
  return true;
}

function isDay(day: number, [wanted, ordinal]: readonly [number, number], rule: Rule): boolean {
  if (weekday(day) !== wanted) return false;
  if (!ordinal || rule.frequency === "DAILY" || rule.frequency === "WEEKLY") return true;
  const { year, month, day: monthDay } = partsOf(day);
  const isInMonth = rule.frequency === "MONTHLY" || rule.months.size > 0;
  const at = isInMonth ? monthDay : day - dayOf(year, 1, 1) + 1;
  const length = isInMonth ? daysIn(year, month) : dayOf(year + 1, 1, 1) - dayOf(year, 1, 1);
  const fromStart = Math.floor((at - 1) / 7) + 1;
  return ordinal === fromStart || ordinal === -(Math.floor((length - at) / 7) + 1);
}

function isWeek(day: number, rule: Rule): boolean {
  const fourth = day + 3 - ((weekday(day) - rule.weekStart + 7) % 7);
  const { year } = partsOf(fourth);
  const yearDay = fourth - dayOf(year, 1, 1) + 1;
  const length = dayOf(year + 1, 1, 1) - dayOf(year, 1, 1);
  const number = Math.floor((yearDay - 1) / 7) + 1;
  return rule.weeks.has(number) || rule.weeks.has(-(Math.floor((length - yearDay) / 7) + 1));
}

function weekday(day: number): number {
  return (((day + 3) % 7) + 7) % 7;
}

/** Days since 1970 of a date. */
export function dayOf(year: number, month: number, day: number): number {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return Math.round(date.getTime() / DAY_MS);
}

export function partsOf(day: number): { year: number; month: number; day: number } {
  const date = new Date(day * DAY_MS);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

function daysIn(year: number, month: number): number {
  return dayOf(year, month + 1, 1) - dayOf(year, month, 1);
}

function daysOfMonth(year: number, month: number): number[] {
  const begin = dayOf(year, month, 1);
  return Array.from({ length: daysIn(year, month) }, (_, at) => begin + at);
}

/** A day without a time ends a rule when the day ends. */
function endOf(text: string): number {
  return momentOf(text) + (text.includes("T") ? 0 : DAY_MS - 1000);
}

function numberOf(text: string): number {
  const number = Number(text.slice(0, 9));
  if (!/^[0-9]+$/.test(text) || number < 1 || number > LARGEST) throw new BadRule(text);
  return number;
}

function numbersOf(
  parts: ReadonlyMap<string, string>,
  name: string,
  largest: number,
): ReadonlySet<number> {
  const text = parts.get(name);
  const numbers = text === undefined ? [] : text.split(",").map((each) => each.trim());
  return new Set(
    numbers.map((each) => {
      const number = Number(each.slice(0, 6));
      const fits = Math.abs(number) >= 1 && Math.abs(number) <= largest;
      if (!/^\+?-?[0-9]+$/.test(each) || !fits) throw new BadRule(`${name}=${each}`);
      return number;
    }),
  );
}

function daysOf(text: string): [number, number][] {
  return (text ? text.split(",") : []).map((each) => {
    const match = /^([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)$/.exec(each.trim());
    if (!match) throw new BadRule(text);
    return [DAYS.indexOf(match[2] ?? ""), Number(match[1] ?? 0)];
  });
}
