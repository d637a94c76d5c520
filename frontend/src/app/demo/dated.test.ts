import { expect, it } from "vitest";
import { dated } from "./dated";

it("dates each row its number of days before a moment, and keeps the rest of it", () => {
  const text =
    "email,kind,direction,days_ago\na@x.example,email,out,1.5\nb@x.example,call,both,2\n";
  expect(dated(text, Date.parse("2026-03-10T12:00:00Z"))).toBe(
    "email,kind,direction,at\n" +
      "a@x.example,email,out,2026-03-09T00:00:00.000Z\n" +
      "b@x.example,call,both,2026-03-08T12:00:00.000Z\n",
  );
});
