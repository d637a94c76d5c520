import { hueOf, initialsOf } from "@/components/avatar";
import { displayName } from "@/lib/format";
import { strengthColor, type ColorMode } from "@/theme/strength";
import type { Cluster, Dot, Drawing } from "./network-model";

/** The bright parts of the drawing; everything else is faint. */
export interface Emphasis {
  /** The dot under the pointer or in focus, or -1. */
  focus: number;
  /** The chosen path, as dots in order. */
  path: readonly number[];
  selected: ReadonlySet<string>;
}

export interface Scene {
  drawing: Drawing;
  clusters: readonly Cluster[];
  emphasis: Emphasis;
  mode: ColorMode;
}

/** The area in which the contacts of a company lie. */
interface Spot {
  company: string;
  x: number;
  y: number;
  radius: number;
}

/** The place of a text: its middle, and half of its width. */
interface Label {
  x: number;
  y: number;
  half: number;
}

interface Window {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

const BUCKETS = 10;
/**
 * The margin outside the view that is drawn too, so that ties and names do not end at the border.
 */
const OUTSIDE_PX = 60;
/** Zoom from which names stand beside the dots, first of the largest, then of all. */
const SOME_NAMES = 0.75;
const ALL_NAMES = 1.7;
const INITIALS = 1.5;
const LARGE_RADIUS = 6;
/** From this number of ties on, lines are a pixel wide, which is ten times as fast. */
const MANY_LINES = 2500;
/** Dots up to this radius on the screen are drawn as squares, which look like circles. */
const SQUARE_PX = 2.4;

const INK = {
  light: { text: "#26334a", halo: "#f6f7f9", self: "#f59e0b", focus: "#0f1828" },
  dark: { text: "#d3dbe8", halo: "#0b0f17", self: "#f59e0b", focus: "#f0f4fa" },
} as const;

/**
 * Draw the whole network into a canvas that is already moved and scaled.
 *
 * Lines and dots are drawn by colour, and only those in sight; small dots have no shape.
 */
export function drawNetwork(ctx: CanvasRenderingContext2D, scale: number, scene: Scene): void {
  const window = windowOf(ctx);
  const lit = litDots(scene);
  const spots = scene.clusters.map((cluster) => spotOf(cluster, scene.drawing.dots));
  drawTints(ctx, spots, scene.mode);
  drawLines(ctx, scale, scene, lit, window);
  drawDots(ctx, scene, lit, window);
  drawPath(ctx, scale, scene);
  const written = lit === null ? drawCompanies(ctx, scale, spots, scene, window) : [];
  drawNames(ctx, scale, scene, lit, window, written);
}

/** The part of the graph that is in sight, a little wider. */
function windowOf(ctx: CanvasRenderingContext2D): Window {
  const inverse = ctx.getTransform().inverse();
  const { width, height } = ctx.canvas;
  const from = inverse.transformPoint({ x: -OUTSIDE_PX, y: -OUTSIDE_PX });
  const to = inverse.transformPoint({ x: width + OUTSIDE_PX, y: height + OUTSIDE_PX });
  return { left: from.x, right: to.x, top: from.y, bottom: to.y };
}

function isSeen(dot: Dot, { left, right, top, bottom }: Window): boolean {
  return dot.x >= left && dot.x <= right && dot.y >= top && dot.y <= bottom;
}

/** The dots that stay bright, or null when none is singled out. */
function litDots({ drawing, emphasis }: Scene): ReadonlySet<number> | null {
  if (emphasis.focus >= 0) {
    return new Set([emphasis.focus, ...(drawing.neighbours[emphasis.focus] ?? [])]);
  }
  if (emphasis.path.length > 0) return new Set(emphasis.path);
  return null;
}

function drawTints(ctx: CanvasRenderingContext2D, spots: readonly Spot[], mode: ColorMode): void {
  for (const { company, x, y, radius } of spots) {
    ctx.drawImage(tintOf(hueOf(company), mode), x - radius, y - radius, radius * 2, radius * 2);
  }
}

const tints = new Map<string, HTMLCanvasElement>();
const TINT_PX = 96;

/** A soft spot of a hue, made once: a gradient for each frame would cost more than all dots. */
function tintOf(hue: number, mode: ColorMode): HTMLCanvasElement {
  const key = `${hue} ${mode}`;
  const made = tints.get(key);
  if (made) return made;
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = TINT_PX;
  const ctx = canvas.getContext("2d");
  const middle = TINT_PX / 2;
  const lightness = mode === "dark" ? 0.6 : 0.72;
  if (ctx) {
    const tint = ctx.createRadialGradient(middle, middle, 0, middle, middle, middle);
    tint.addColorStop(0, `oklch(${lightness} 0.09 ${hue} / 0.18)`);
    tint.addColorStop(0.7, `oklch(${lightness} 0.09 ${hue} / 0.08)`);
    tint.addColorStop(1, `oklch(${lightness} 0.09 ${hue} / 0)`);
    ctx.fillStyle = tint;
    ctx.fillRect(0, 0, TINT_PX, TINT_PX);
  }
  tints.set(key, canvas);
  return canvas;
}

/** The companies' names over their people, whole, each only where nothing else is written. */
function drawCompanies(
  ctx: CanvasRenderingContext2D,
  scale: number,
  spots: readonly Spot[],
  { drawing, mode }: Scene,
  { left, right }: Window,
): Label[] {
  if (scale > ALL_NAMES) return [];
  const size = 12.5 / scale;
  const edge = (OUTSIDE_PX + 8) / pixelsPerUnit(ctx);
  const taken = drawing.dots
    .filter(({ hops }) => hops === 0)
    .map(({ x, y, radius }) => ({ x, y: y + radius, half: size * 1.4 }));
  ctx.font = `600 ${size}px "Inter Variable", sans-serif`;
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.lineJoin = "round";
  ctx.lineWidth = 4 / scale;
  ctx.strokeStyle = INK[mode].halo;
  for (const spot of spots) {
    const half = ctx.measureText(spot.company).width / 2 + size * 0.4;
    const x = Math.max(left + edge + half, Math.min(right - edge - half, spot.x));
    const y = spot.y - spot.radius * 0.55;
    if (isWritten(taken, { x, y, half }, size * 1.7)) continue;
    taken.push({ x, y, half });
    ctx.strokeText(spot.company, x, y);
    ctx.fillStyle = `oklch(${mode === "dark" ? 0.8 : 0.42} 0.07 ${hueOf(spot.company)})`;
    ctx.fillText(spot.company, x, y);
  }
  return taken;
}

/** Return whether another text is so near that neither could be read. */
function isWritten(taken: readonly Label[], { x, y, half }: Label, height: number): boolean {
  return taken.some(
    (other) => Math.abs(other.y - y) < height && Math.abs(other.x - x) < half + other.half,
  );
}

/** The middle of some dots, and how far around it most of them lie. */
function spotOf({ company, members }: Cluster, all: readonly Dot[]): Spot {
  const dots = members.flatMap((at) => all[at] ?? []);
  const x = dots.reduce((sum, dot) => sum + dot.x, 0) / dots.length;
  const y = dots.reduce((sum, dot) => sum + dot.y, 0) / dots.length;
  const distances = dots.map((dot) => Math.hypot(dot.x - x, dot.y - y)).sort((a, b) => a - b);
  const most = distances[Math.floor(distances.length * 0.8)] ?? 0;
  return { company, x, y, radius: Math.max(40, most * 1.5) };
}

function drawLines(
  ctx: CanvasRenderingContext2D,
  scale: number,
  { drawing, mode }: Scene,
  lit: ReadonlySet<number> | null,
  window: Window,
): void {
  const paths = Array.from({ length: BUCKETS + 1 }, () => new Path2D());
  const faint = new Path2D();
  const { dots, lines } = drawing;
  for (const { source, target, strength } of lines) {
    const [a, b] = [dots[source], dots[target]];
    if (!a || !b || (!isSeen(a, window) && !isSeen(b, window))) continue;
    const bright = lit === null || (lit.has(source) && lit.has(target));
    const path = bright ? paths[Math.round(strength * BUCKETS)] : faint;
    path?.moveTo(a.x, a.y);
    path?.lineTo(b.x, b.y);
  }
  const crowded = lines.length > MANY_LINES;
  const crowd = Math.min(1, Math.sqrt(900 / Math.max(1, lines.length)));
  if (lit !== null) {
    ctx.globalAlpha = 0.1 * crowd + 0.02;
    ctx.strokeStyle = strengthColor(0, mode);
    ctx.lineWidth = 0.6 / scale;
    ctx.stroke(faint);
  }
  paths.forEach((path, bucket) => {
    const strength = bucket / BUCKETS;
    ctx.globalAlpha = lit ? 0.95 : (0.16 + 0.6 * strength) * (0.3 + 0.7 * crowd);
    ctx.strokeStyle = strengthColor(strength, mode);
    ctx.lineWidth = crowded
      ? 1 / pixelsPerUnit(ctx)
      : (0.5 + strength * 1.9) / Math.max(0.5, Math.sqrt(scale));
    ctx.stroke(path);
  });
  ctx.globalAlpha = 1;
}

function drawDots(
  ctx: CanvasRenderingContext2D,
  { drawing, emphasis, mode }: Scene,
  lit: ReadonlySet<number> | null,
  window: Window,
): void {
  const byColor = Array.from({ length: BUCKETS + 1 }, (): Dot[] => []);
  const dim: Dot[] = [];
  drawing.dots.forEach((dot, at) => {
    if (dot.hops === 0 || !isSeen(dot, window)) return;
    if (lit === null || lit.has(at)) byColor[Math.round(dot.strength * BUCKETS)]?.push(dot);
    else dim.push(dot);
  });
  ctx.globalAlpha = 0.22;
  fillDots(ctx, dim, strengthColor(0, mode), null);
  ctx.globalAlpha = 1;
  byColor.forEach((dots, bucket) =>
    fillDots(ctx, dots, strengthColor(bucket / BUCKETS, mode), INK[mode].halo),
  );
  ctx.strokeStyle = INK[mode].self;
  ctx.lineWidth = 2;
  for (const dot of drawing.dots) {
    if (!emphasis.selected.has(dot.id)) continue;
    ctx.beginPath();
    ctx.arc(dot.x, dot.y, dot.radius + 3, 0, Math.PI * 2);
    ctx.stroke();
  }
  drawCenter(ctx, drawing, mode);
}

/** Fill dots of one colour: those of a pixel or two as squares, the others as ringed circles. */
function fillDots(
  ctx: CanvasRenderingContext2D,
  dots: readonly Dot[],
  color: string,
  ring: string | null,
): void {
  const pixels = pixelsPerUnit(ctx);
  ctx.fillStyle = color;
  ctx.strokeStyle = ring ?? "transparent";
  ctx.lineWidth = 1.2;
  for (const { x, y, radius } of dots) {
    if (radius * pixels < SQUARE_PX) {
      ctx.fillRect(x - radius, y - radius, radius * 2, radius * 2);
      continue;
    }
    ctx.beginPath();
    ctx.arc(x, y, radius, 0, Math.PI * 2);
    ctx.fill();
    if (ring) ctx.stroke();
  }
}

/** How many pixels of the canvas a unit of the graph takes. */
function pixelsPerUnit(ctx: CanvasRenderingContext2D): number {
  return ctx.getTransform().a;
}

function drawCenter(ctx: CanvasRenderingContext2D, drawing: Drawing, mode: ColorMode): void {
  const center = drawing.dots.find(({ hops }) => hops === 0);
  if (!center) return;
  ctx.beginPath();
  ctx.arc(center.x, center.y, center.radius + 3, 0, Math.PI * 2);
  ctx.fillStyle = INK[mode].self;
  ctx.fill();
  ctx.lineWidth = 2.5;
  ctx.strokeStyle = INK[mode].halo;
  ctx.stroke();
}

/** The chosen path glows: a wide soft line under a firm one. */
function drawPath(ctx: CanvasRenderingContext2D, scale: number, scene: Scene): void {
  const { drawing, emphasis, mode } = scene;
  const dots = emphasis.path.flatMap((at) => drawing.dots[at] ?? []);
  if (dots.length < 2 || emphasis.focus >= 0) return;
  const line = new Path2D();
  dots.forEach((dot, at) => (at === 0 ? line.moveTo(dot.x, dot.y) : line.lineTo(dot.x, dot.y)));
  ctx.lineCap = "round";
  ctx.lineJoin = "round";
  for (const [width, alpha] of [
    [16, 0.14],
    [9, 0.25],
    [4, 1],
  ] as const) {
    ctx.globalAlpha = alpha;
    ctx.strokeStyle = strengthColor(0.85, mode);
    ctx.lineWidth = width / Math.max(0.6, scale);
    ctx.stroke(line);
  }
  ctx.globalAlpha = 1;
  for (const dot of dots) {
    ctx.beginPath();
    ctx.arc(dot.x, dot.y, dot.radius + 2, 0, Math.PI * 2);
    ctx.fillStyle = strengthColor(0.9, mode);
    ctx.fill();
    ctx.strokeStyle = INK[mode].halo;
    ctx.lineWidth = 2;
    ctx.stroke();
  }
}

function drawNames(
  ctx: CanvasRenderingContext2D,
  scale: number,
  { drawing, emphasis, mode }: Scene,
  lit: ReadonlySet<number> | null,
  window: Window,
  taken: Label[],
): void {
  const path = new Set(emphasis.path);
  const size = Math.max(11 / scale, 4.2);
  ctx.font = `500 ${size}px "Inter Variable", sans-serif`;
  ctx.textAlign = "center";
  ctx.textBaseline = "top";
  ctx.lineJoin = "round";
  ctx.strokeStyle = INK[mode].halo;
  ctx.lineWidth = 3.2 / scale;
  const isSpecial = (at: number) =>
    path.has(at) || at === emphasis.focus || drawing.dots[at]?.hops === 0;
  const named = drawing.dots.flatMap((dot, at) => {
    const bright = lit === null || lit.has(at);
    const large = scale > SOME_NAMES && dot.radius > LARGE_RADIUS;
    const wanted = isSpecial(at) || (bright && (scale > ALL_NAMES || large || isFewLit(lit)));
    return wanted && isSeen(dot, window) ? [{ dot, special: isSpecial(at) }] : [];
  });
  // The most important names are written first; a name that would cross one of them is left out
  // until the user zooms in.
  named.sort((a, b) => Number(b.special) - Number(a.special) || b.dot.radius - a.dot.radius);
  for (const { dot, special } of named) {
    const text = dot.hops === 0 ? "You" : displayName(dot);
    const y = dot.y + dot.radius + 2.5;
    const label = { x: dot.x, y: y + size / 2, half: ctx.measureText(text).width / 2 };
    if (!special && isWritten(taken, label, size * 1.25)) continue;
    taken.push(label);
    ctx.strokeText(text, dot.x, y);
    ctx.fillStyle = special ? INK[mode].focus : INK[mode].text;
    ctx.fillText(text, dot.x, y);
  }
  if (scale > INITIALS) drawInitials(ctx, drawing, lit, mode, window);
}

/** Return whether the neighbours are few enough for all their names. */
function isFewLit(lit: ReadonlySet<number> | null): boolean {
  return lit !== null && lit.size <= 24;
}

function drawInitials(
  ctx: CanvasRenderingContext2D,
  drawing: Drawing,
  lit: ReadonlySet<number> | null,
  mode: ColorMode,
  window: Window,
): void {
  ctx.textBaseline = "middle";
  ctx.fillStyle = mode === "dark" ? "#0b0f17" : "#1b1206";
  drawing.dots.forEach((dot, at) => {
    const bright = lit === null || lit.has(at);
    if (!bright || dot.hops === 0 || !isSeen(dot, window)) return;
    ctx.font = `650 ${dot.radius * 0.95}px "Inter Variable", sans-serif`;
    ctx.fillText(initialsOf(displayName(dot)), dot.x, dot.y + dot.radius * 0.06);
  });
}
