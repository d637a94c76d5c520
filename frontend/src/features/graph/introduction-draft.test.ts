import { expect, it } from "vitest";
import { draftMessage } from "./introduction-draft";
import type { Path } from "@/types/api";

const person = (id: string, name: string, company: string | null) => ({
  id,
  name,
  company,
  title: null,
});
const PATH: Path = {
  contacts: [
    person("me", "Dana Demo", null),
    person("a", "Ana Costa", "Acme"),
    person("m", "Mei Tanaka", "Globex"),
  ],
  strengths: [0.9, 0.8],
  hops: 2,
  strength: 0.72,
  likelihood: 0.09,
  ties: [0.9, 0.8].map((strength) => ({ kind: "stated", strength, evidence: null })),
  advice: { do: "ask", why: "you know each other", how: null, when: null },
};

it("drafts one short ask without placeholders", () => {
  const draft = draftMessage(PATH);
  expect(draft).toContain("Mei Tanaka at Globex");
  expect(draft.split(/\s+/).length).toBeLessThan(120);
  expect(draft).not.toMatch(/[{}[\]]/);
});
