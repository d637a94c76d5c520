import type { Introduction } from "@/types/api";

type Status = Introduction["status"];

/** The board's columns, in the order in which an introduction goes through them. */
export const BOARD: readonly { title: string; hint: string; holds: readonly Status[] }[] = [
  { title: "Asked", hint: "The connector has the e-mail", holds: ["requested"] },
  { title: "Passed on", hint: "The connector said yes", holds: ["connector_accepted"] },
  { title: "Introduced", hint: "Both got one e-mail", holds: ["introduced"] },
  { title: "Done", hint: "You have met", holds: ["completed"] },
  {
    title: "Closed",
    hint: "Not this time",
    holds: ["declined", "not_now", "withdrawn", "expired"],
  },
];

const WORDS: Readonly<Record<string, string>> = {
  requested: "Asked",
  connector_accepted: "Passed on",
  introduced: "Introduced",
  completed: "Done",
  declined: "Not this time",
  not_now: "Not now",
  withdrawn: "Withdrawn",
  expired: "No answer",
};

/** Return the words for a state. A refusal has neutral words. */
export function statusWords(status: string): string {
  return WORDS[status] ?? status.replaceAll("_", " ");
}

/** Return whether an introduction still waits for an answer and can be withdrawn. */
export function isOpen(status: Status): boolean {
  return status === "requested" || status === "connector_accepted";
}
