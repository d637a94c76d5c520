import { expect, it } from "vitest";
import { contactFilterChange, filterQuery, isFiltering, readContactFilter } from "./contact-filter";

it("reads what it writes", () => {
  const params = new URLSearchParams();
  const filter = {
    q: "mei",
    sort: "-updated_at" as const,
    tags: ["vip", "press"],
    company: "Acme",
    hasEmail: false,
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
  const filter = readContactFilter(new URLSearchParams("sort=shoe-size&has_email=maybe"));
  expect(filter).toMatchObject({ sort: "name", hasEmail: null });
  expect(isFiltering(filter)).toBe(false);
});

it("asks the API for what leaves somebody out, and for nothing else", () => {
  expect(filterQuery({ tags: [], company: "", hasEmail: null })).toEqual({});
  expect(filterQuery({ tags: ["VIP"], company: "Acme", hasEmail: false })).toEqual({
    tag: ["VIP"],
    company: "Acme",
    has_email: false,
  });
});
