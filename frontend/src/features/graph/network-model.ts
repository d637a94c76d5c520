import type { Network } from "@/types/api";

export type NetworkNode = Network["nodes"][number];
export type NetworkLink = Network["links"][number];

/** A contact on the canvas: the network's node with a place. */
export interface Dot extends NetworkNode {
  x: number;
  y: number;
  /** Radius in units of the graph; it grows with the number of ties. */
  radius: number;
}

/** A tie on the canvas, by the places of its two ends in the list of dots. */
export interface Line {
  source: number;
  target: number;
  strength: number;
}

/** A place on the canvas. */
export interface Place {
  x: number;
  y: number;
}

export interface Drawing {
  dots: Dot[];
  lines: Line[];
  /** For each dot, the dots that it has a tie to. */
  neighbours: number[][];
  indexOf: ReadonlyMap<string, number>;
  /** The last place of each contact, kept from one drawing to the next. */
  places: Map<string, Place>;
  /** Counts how often the dots have moved. */
  version: number;
}

/** The filter of a network. */
export interface NetworkFilter {
  tag: string;
  company: string;
  minStrength: number;
  /** Only these contacts, when a lasso has selected some. */
  only: ReadonlySet<string> | null;
}

const SMALLEST = 3.2;

/** Merge the networks of several centres, each contact and each tie once. */
export function mergeNetworks(networks: readonly Network[]): Network {
  const nodes = new Map<string, NetworkNode>();
  const links = new Map<string, NetworkLink>();
  for (const network of networks) {
    for (const node of network.nodes) if (!nodes.has(node.id)) nodes.set(node.id, node);
    for (const link of network.links) {
      const key =
        link.source < link.target
          ? `${link.source} ${link.target}`
          : `${link.target} ${link.source}`;
      if (!links.has(key)) links.set(key, link);
    }
  }
  return {
    nodes: [...nodes.values()],
    links: [...links.values()],
    truncated: networks.some(({ truncated }) => truncated),
  };
}

/** Leave out contacts that do not match the filter; the centre always stays. */
export function filterNetwork(network: Network, filter: NetworkFilter, center: string): Network {
  const fits = (node: NetworkNode) =>
    node.id === center ||
    ((filter.tag === "" || node.tags.includes(filter.tag)) &&
      (filter.company === "" || node.company === filter.company) &&
      node.strength >= filter.minStrength &&
      (filter.only === null || filter.only.has(node.id)));
  const nodes = network.nodes.filter(fits);
  const kept = new Set(nodes.map(({ id }) => id));
  const links = network.links.filter(({ source, target }) => kept.has(source) && kept.has(target));
  return { ...network, nodes, links };
}

/**
 * Make dots and lines from a network. A contact that was drawn before keeps its place; others
 * begin on the ring of their distance, so that the layout has little to move.
 */
export function drawingOf(network: Network, places: Map<string, Place>): Drawing {
  const indexOf = new Map(network.nodes.map((node, at) => [node.id, at]));
  const neighbours: number[][] = network.nodes.map(() => []);
  const lines = network.links.flatMap((link): Line[] => {
    const source = indexOf.get(link.source);
    const target = indexOf.get(link.target);
    if (source === undefined || target === undefined) return [];
    neighbours[source]?.push(target);
    neighbours[target]?.push(source);
    return [{ source, target, strength: link.strength }];
  });
  const dots = network.nodes.map((node, at): Dot => {
    const ties = neighbours[at]?.length ?? 0;
    const radius = SMALLEST + Math.sqrt(ties) * 0.7;
    return { ...node, ...(places.get(node.id) ?? spiral(node, at)), radius };
  });
  return { dots, lines, neighbours, indexOf, places, version: 0 };
}

/**
 * Golden-angle spiral: no two dots begin at the same place, and near contacts begin near the
 * middle.
 */
function spiral(node: NetworkNode, at: number): Place {
  if (node.hops === 0) return { x: 0, y: 0 };
  const angle = at * 2.399963;
  const distance = 60 + node.hops * 90 + Math.sqrt(at) * 9;
  return { x: Math.cos(angle) * distance, y: Math.sin(angle) * distance };
}

/** Contacts of one company that lie together on the canvas. */
export interface Cluster {
  company: string;
  members: number[];
}

const SMALLEST_CLUSTER = 4;
const MOST_CLUSTERS = 14;

/** Return the companies with the most contacts, the largest first. */
export function clustersOf(dots: readonly Dot[]): Cluster[] {
  const members = new Map<string, number[]>();
  dots.forEach((dot, at) => {
    if (!dot.company) return;
    const list = members.get(dot.company);
    if (list) list.push(at);
    else members.set(dot.company, [at]);
  });
  return [...members]
    .filter(([, list]) => list.length >= SMALLEST_CLUSTER)
    .sort(([, a], [, b]) => b.length - a.length)
    .slice(0, MOST_CLUSTERS)
    .map(([company, list]) => ({ company, members: list }));
}

/** Return the values that occur, the most frequent first. */
export function byFrequency(values: Iterable<string>): string[] {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a).map(([value]) => value);
}

/** Return whether a point lies within a polygon (even-odd rule). */
export function isWithin(x: number, y: number, polygon: readonly (readonly [number, number])[]) {
  let within = false;
  let [previousX, previousY] = polygon.at(-1) ?? [0, 0];
  for (const [pointX, pointY] of polygon) {
    const crosses = pointY > y !== previousY > y;
    if (crosses && x < ((previousX - pointX) * (y - pointY)) / (previousY - pointY) + pointX) {
      within = !within;
    }
    [previousX, previousY] = [pointX, pointY];
  }
  return within;
}
