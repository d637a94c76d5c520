import { describe, expect, it } from "vitest";
import { clustersOf, drawingOf, filterNetwork, isWithin, mergeNetworks } from "./network-model";

const node = (id: string, hops: number, strength: number, company = "") => ({
  id,
  name: id.toUpperCase(),
  company,
  tags: hops === 1 ? ["near"] : [],
  hops,
  strength,
});
const link = (source: string, target: string) => ({ source, target, strength: 0.5, mutual: true });
const NETWORK = {
  nodes: [node("me", 0, 1), node("ana", 1, 0.9, "Acme"), node("bo", 2, 0.4, "Acme")],
  links: [link("me", "ana"), link("ana", "bo")],
  truncated: false,
};
const EVERYBODY = { tag: "", company: "", minStrength: 0, only: null };

describe("mergeNetworks", () => {
  it("has each contact and each tie once, in either direction", () => {
    const other = {
      ...NETWORK,
      nodes: [node("bo", 0, 1), node("cy", 1, 0.5)],
      links: [link("bo", "ana"), link("bo", "cy")],
    };
    const merged = mergeNetworks([NETWORK, other]);
    expect(merged.nodes.map(({ id }) => id)).toEqual(["me", "ana", "bo", "cy"]);
    expect(merged.links).toHaveLength(3);
    expect(merged.nodes[2]?.hops).toBe(2);
  });
});

describe("filterNetwork", () => {
  it("keeps the centre, and no tie to anybody who is left out", () => {
    const near = filterNetwork(NETWORK, { ...EVERYBODY, tag: "near" }, "me");
    expect(near.nodes.map(({ id }) => id)).toEqual(["me", "ana"]);
    expect(near.links).toHaveLength(1);
  });
  it("cuts by strength", () => {
    expect(filterNetwork(NETWORK, { ...EVERYBODY, minStrength: 0.5 }, "me").nodes).toHaveLength(2);
  });
});

describe("drawingOf", () => {
  it("puts the centre in the middle and makes dots with more ties larger", () => {
    const { dots } = drawingOf(NETWORK, new Map());
    expect(dots[0]).toMatchObject({ x: 0, y: 0 });
    expect(dots[1]?.radius).toBeGreaterThan(dots[2]?.radius ?? Infinity);
  });
  it("keeps the place of a contact that was drawn before", () => {
    const { dots } = drawingOf(NETWORK, new Map([["bo", { x: 7, y: -3 }]]));
    expect(dots[2]).toMatchObject({ x: 7, y: -3 });
  });
  it("knows everybody's neighbours", () => {
    expect(drawingOf(NETWORK, new Map()).neighbours).toEqual([[1], [0, 2], [1]]);
  });
});

it("gathers companies with several people, the largest first", () => {
  const dots = drawingOf(
    {
      ...NETWORK,
      nodes: ["a", "b", "c", "d"]
        .map((id) => node(id, 1, 0.5, "Acme"))
        .concat(
          ["e", "f", "g", "h", "i"].map((id) => node(id, 1, 0.5, "Globex")),
          node("x", 1, 0.5, "Solo"),
        ),
      links: [],
    },
    new Map(),
  ).dots;
  expect(clustersOf(dots).map(({ company }) => company)).toEqual(["Globex", "Acme"]);
});

it("finds the points within a lasso, also a dented one", () => {
  const dented = [
    [0, 0],
    [10, 0],
    [10, 10],
    [5, 3],
    [0, 10],
  ] as const;
  expect(isWithin(2, 2, dented)).toBe(true);
  expect(isWithin(5, 8, dented)).toBe(false);
  expect(isWithin(20, 2, dented)).toBe(false);
});
