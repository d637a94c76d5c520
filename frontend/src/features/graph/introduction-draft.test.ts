import { expect, it } from "vitest";
import { draftMessage } from "./introduction-draft";

const person = (id: string, name: string, company: string | null) => ({
  id,
  name,
  company,
  title: null,
});
const PATH = {
  contacts: [
    person("me", "Dana Demo", null),
    person("a", "Ana Costa", "Acme"),
    person("m", "Mei Tanaka", "Globex"),
  ],
  strengths: [0.9, 0.8],
  hops: 2,
  strength: 0.72,
};

it("drafts one short ask without placeholders", () => {
  const draft = draftMessage(PATH);
  expect(draft).toContain("Mei Tanaka at Globex");
  expect(draft.split(/\s+/).length).toBeLessThan(120);
  expect(draft).not.toMatch(/[{}[\]]/);
});
