import {
  forceCollide,
  forceLink,
  forceManyBody,
  forceRadial,
  forceSimulation,
  forceX,
  forceY,
  type SimulationLinkDatum,
  type SimulationNodeDatum,
} from "d3-force";

/** A network to lay out: one entry of each list per dot, one pair of `ties` per line. */
export interface LayoutRequest {
  x: Float32Array;
  y: Float32Array;
  hops: Uint8Array;
  radius: Float32Array;
  /** The cluster of each dot, or -1. */
  cluster: Int16Array;
  ties: Uint32Array;
  strengths: Float32Array;
}

/** Places as x, y, x, y; `done` when they are the last. */
export interface LayoutReply {
  places: Float32Array;
  done: boolean;
}

interface Body extends SimulationNodeDatum {
  x: number;
  y: number;
  hops: number;
  radius: number;
  cluster: number;
}
type Tie = SimulationLinkDatum<Body> & { strength: number };

/** Distance between the rings of two successive hops. */
const RING = 190;
/** How strongly contacts of one company attract each other. */
const GATHER = 0.34;
const TICKS = 220;
/** Milliseconds between pictures of a running layout. */
const PICTURE_MS = 60;

/** Large networks repel by coarser neighbourhoods: half the time, hardly another picture. */
const LARGE = 1500;

let running = 0;

addEventListener("message", (event: MessageEvent<LayoutRequest>) => {
  running += 1;
  void layOut(event.data, running);
});

async function layOut(request: LayoutRequest, mine: number): Promise<void> {
  const bodies = bodiesOf(request);
  const simulation = forceSimulation(bodies)
    .stop()
    .alphaDecay(1 - 0.001 ** (1 / TICKS))
    .force("tie", tieForce(request))
    .force(
      "repel",
      forceManyBody()
        .strength(-70)
        .distanceMax(420)
        .theta(bodies.length > LARGE ? 1.3 : 0.9),
    )
    .force(
      "ring",
      forceRadial<Body>((body) => body.hops * RING).strength((body) =>
        body.hops === 0 ? 1 : 0.06,
      ),
    )
    .force("x", forceX(0).strength(0.012))
    .force("y", forceY(0).strength(0.012));
  if (bodies.length <= LARGE) {
    simulation.force("collide", forceCollide<Body>((body) => body.radius + 2.5).iterations(1));
  }
  let shownAt = performance.now();
  for (let tick = 0; tick < TICKS; tick += 1) {
    gather(bodies, simulation.alpha());
    simulation.tick();
    if (performance.now() - shownAt < PICTURE_MS) continue;
    show(bodies, false);
    // A pause lets a newer request in, which ends this layout.
    await new Promise((resolve) => setTimeout(resolve));
    if (mine !== running) return;
    shownAt = performance.now();
  }
  show(bodies, true);
}

function bodiesOf({ x, y, hops, radius, cluster }: LayoutRequest): Body[] {
  return Array.from(x, (value, at) => ({
    x: value,
    y: y[at] ?? 0,
    hops: hops[at] ?? 1,
    radius: radius[at] ?? 4,
    cluster: cluster[at] ?? -1,
    ...(hops[at] === 0 ? { fx: 0, fy: 0 } : {}),
  }));
}

/** Warm ties are short and firm, cool ones long and loose. */
function tieForce({ ties, strengths }: LayoutRequest) {
  const links = Array.from(strengths, (strength, at): Tie => {
    return { source: ties[at * 2] ?? 0, target: ties[at * 2 + 1] ?? 0, strength };
  });
  return forceLink<Body, Tie>(links).distance((tie) => 34 + (1 - tie.strength) * 66);
}

/** Pull the contacts of each cluster towards its middle. */
function gather(bodies: readonly Body[], alpha: number): void {
  const middles = new Map<number, { x: number; y: number; count: number }>();
  for (const body of bodies) {
    if (body.cluster < 0) continue;
    const middle = middles.get(body.cluster) ?? { x: 0, y: 0, count: 0 };
    middle.x += body.x;
    middle.y += body.y;
    middle.count += 1;
    middles.set(body.cluster, middle);
  }
  for (const body of bodies) {
    const middle = middles.get(body.cluster);
    if (!middle) continue;
    body.vx = (body.vx ?? 0) + (middle.x / middle.count - body.x) * GATHER * alpha;
    body.vy = (body.vy ?? 0) + (middle.y / middle.count - body.y) * GATHER * alpha;
  }
}

function show(bodies: readonly Body[], done: boolean): void {
  const places = new Float32Array(bodies.length * 2);
  bodies.forEach((body, at) => {
    places[at * 2] = body.x;
    places[at * 2 + 1] = body.y;
  });
  postMessage({ places, done } satisfies LayoutReply, { transfer: [places.buffer] });
}
