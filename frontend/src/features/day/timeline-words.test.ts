import { describe, expect, it } from "vitest";
import { wordsOf } from "@/features/day/components/upcoming-list";
import { entryWords } from "@/features/day/timeline-words";

const at = "2024-03-14T10:00:00Z";

describe("entryWords", () => {
  it("folds the talks of a month", () => {
    const entry = { at, kind: "interactions" as const, interaction: "email", month: "2024-03" };
    expect(entryWords({ ...entry, count: 14 })).toBe("14 mails in March 2024");
    expect(entryWords({ ...entry, interaction: "call", count: 1 })).toBe("1 call in March 2024");
  });

  it("names only what a source has seen", () => {
    const entry = { at, kind: "source" as const, source: "Mail", sent: 2, received: 1, calls: 0 };
    expect(entryWords({ ...entry, together: 1 })).toBe(
      "Mail: 3 messages, 1 message to both of you",
    );
  });

  it("shows a changed job, and that a field was removed", () => {
    const fields = [
      { field: "title", before: null, after: "CFO" },
      { field: "company", before: "Acme", after: null },
    ];
    expect(entryWords({ at, kind: "job", fields })).toBe("title: CFO; company: removed");
  });
});

describe("wordsOf", () => {
  it("counts years where the year is known", () => {
    expect(wordsOf({ kind: "birthday", label: "", years: 46 })).toBe("turns 46");
    expect(wordsOf({ kind: "birthday", label: "", years: null })).toBe("has a birthday");
    expect(wordsOf({ kind: "anniversary", label: "Wedding", years: 5 })).toBe("Wedding, 5 years");
  });
});
