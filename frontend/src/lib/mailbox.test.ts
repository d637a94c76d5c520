import { expect, it } from "vitest";
import { mailboxOf } from "./mailbox";

it("knows a mailbox where the configuration names one of this server", () => {
  expect(mailboxOf({ oidc: null, mailbox: "/dev/mailbox" })).toBe("/dev/mailbox");
});

it.each([
  [{ oidc: null }],
  [{ mailbox: null }],
  [{ mailbox: "https://elsewhere.example" }],
  [{ mailbox: "//elsewhere.example" }],
  [{ mailbox: "/\\elsewhere.example" }],
  [{ mailbox: "javascript:alert(1)" }],
  [null],
])("knows none in %j", (config) => {
  expect(mailboxOf(config)).toBeNull();
});
