import { expect, it } from "vitest";
import {
  bulkFilter,
  contactFilterChange,
  countFilters,
  filterQuery,
  isFiltering,
  readContactFilter,
  withoutFilters,
} from "./contact-filter";

it("reads what it writes", () => {
  const params = new URLSearchParams();
  const filter = {
    q: "mei",
    sort: "-updated_at" as const,
    tags: ["vip", "press"],
    company: "Acme",
    hasEmail: false,
    more: { tag_mode: "any", has_phone: "true", "custom_from.Size of it": "3" },
  };
  for (const [name, value] of Object.entries(contactFilterChange(filter))) {
    for (const each of typeof value === "string" ? [value] : (value ?? [])) {
      params.append(name, each);
    }
  }
  expect(readContactFilter(params)).toEqual(filter);
});

it("leaves defaults out of the address", () => {
  expect(contactFilterChange({ sort: "name", q: "", hasEmail: null })).toEqual({
    sort: null,
    q: null,
    has_email: null,
  });
});

it("takes the default for what it does not know", () => {
  const filter = readContactFilter(new URLSearchParams("sort=shoe-size&has_email=maybe&cursor=x"));
  expect(filter).toMatchObject({ sort: "name", hasEmail: null });
  expect(isFiltering(filter)).toBe(false);
});

it("asks the API for what leaves somebody out, and for nothing else", () => {
  expect(filterQuery({ tags: [], company: "", hasEmail: null, more: {} })).toEqual({});
  expect(filterQuery({ tags: ["VIP"], company: "Acme", hasEmail: false, more: {} })).toEqual({
    tag: ["VIP"],
    company: "Acme",
    has_email: false,
  });
});

it("writes custom fields as objects in bodies, and clears every filter that is set", () => {
  const filter = readContactFilter(
    new URLSearchParams("custom_from.Size=3&custom.Stage=Seed&tag_mode=none&sort=-custom.Size"),
  );
  expect(filter.sort).toBe("-custom.Size");
  expect(countFilters(filter)).toBe(2);
  expect(bulkFilter(filter)).toEqual({
    custom_from: { Size: "3" },
    custom: { Stage: "Seed" },
    tag_mode: "none",
  });
  expect(contactFilterChange(withoutFilters(filter))).toMatchObject({
    "custom_from.Size": null,
    "custom.Stage": null,
    tag_mode: null,
  });
});
