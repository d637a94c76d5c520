import { describe, expect, it } from "vitest";
import { EVENTS, eventsLine } from "./events";

describe("the events of a webhook in one line", () => {
  it("is short however many there are", () => {
    const all = EVENTS.flatMap(({ events }) => events.map(({ type }) => type));
    expect(eventsLine(["*"])).toBe("All events");
    expect(eventsLine(["contact.created"])).toBe("contact.created");
    expect(eventsLine(all)).toBe("contact.created, contact.updated and 12 more");
  });
});
