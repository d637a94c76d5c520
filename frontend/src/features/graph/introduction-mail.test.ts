import { expect, it } from "vitest";
import { draftMessage, previewMail } from "./introduction-mail";

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

it("previews the mail with the typed words in it", () => {
  const mail = previewMail(PATH, " My words. ", "Dana Demo");
  expect(mail.subject).toBe("Dana Demo would like to meet Mei Tanaka");
  expect(mail.text[0]).toBe("Hi Ana,");
  expect(mail.text).toContain("My words.");
});
