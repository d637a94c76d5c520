import { expect, it } from "vitest";
import { operationsOf } from "./capabilities";

it("lists operations without the prefix and whatever their parameters are called", () => {
  const operations = operationsOf({
    paths: {
      "/api/crm/contacts/{contact_id}": { get: {}, patch: {} },
      "/graph/path": { get: {} },
    },
  });
  expect(operations).toEqual(["GET /contacts/{}", "PATCH /contacts/{}", "GET /graph/path"]);
});

it("finds nothing in a document without paths", () => {
  expect(operationsOf({})).toEqual([]);
});
