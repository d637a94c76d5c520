import { describe, expect, it } from "vitest";
import { pathReason } from "./path-reasons";
import type { Path } from "@/types/api";

const person = (id: string, name: string, company: string | null) => ({
  id,
  name,
  company,
  title: null,
});
const ME = person("me", "Dana Demo", null);
const ANA = person("a", "Ana Costa", "Acme");
const BRUNO = person("b", "Bruno Okafor", "Globex");
const MEI = person("c", "Mei Tanaka", "Globex");
const path = (contacts: (typeof ME)[], strengths: number[]): Path => ({
  contacts,
  strengths,
  hops: strengths.length,
  strength: strengths.reduce((product, each) => product * each, 1),
  likelihood: 0.1,
  ties: strengths.map((strength) => ({ kind: "stated", strength, evidence: null })),
  advice: { do: "ask", why: "you know each other", how: null, when: null },
});

describe("pathReason", () => {
  it("names the first tie, the colleagues on the path, and the weakest tie", () => {
    expect(pathReason(path([ME, ANA, BRUNO, MEI], [0.9, 0.25, 0.8]), "me")).toBe(
      "Your tie to Ana is very warm; Bruno and Mei are both at Globex; the weakest tie is Ana to Bruno.",
    );
  });
  it("does not call the user's tie the weakest twice", () => {
    expect(pathReason(path([ME, ANA, MEI], [0.2, 0.9]), "me")).toBe("Your tie to Ana is cool.");
  });
  it("names the colleague and the strength of the next tie on a path through the team", () => {
    const colleague = {
      id: "u",
      name: "Ana Costa",
      email: "ana@example.com",
      shares_strengths: true,
    };
    const through = (strength: number) =>
      pathReason({ ...path([ME, ANA, MEI], [0.5, strength]), colleague }, "me");
    expect(through(0.8)).toBe("Ana is in your team and has a strong tie to Mei.");
    expect(through(0.5)).toContain("a fair tie");
    expect(through(0.2)).toContain("a weak tie");
    colleague.shares_strengths = false;
    expect(through(0.5)).toBe("Ana is in your team and has a tie to Mei.");
  });
  it("says so when the user knows the target", () => {
    expect(pathReason(path([ME, MEI], [0.85]), "me")).toContain("yourself");
  });
});
