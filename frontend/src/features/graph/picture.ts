import { drawNetwork, type Scene } from "./draw-network";

/**
 * Milliseconds: a drawing that takes no longer is drawn again for every frame, which is always
 * crisp.
 */
const CHEAP_MS = 8;
/** Milliseconds of rest after which a moved picture is drawn crisp again. */
const REST_MS = 140;

/**
 * The drawn network as a separate picture, so that a frame of a large one costs no more than a
 * copy.
 *
 * While the user zooms or moves, the last picture is stretched; when the view rests, it is drawn
 * again. A running layout is drawn as often as leaves the page half of its time.
 */
export class Picture {
  private readonly canvas = document.createElement("canvas");
  private drawn: { at: DOMMatrix; scene: Scene; version: number; endedAt: number } | null = null;
  private costMs = 0;
  private seen: DOMMatrix | null = null;
  private movedAt = 0;

  /**
   * Paints the scene into a canvas that is moved and scaled; `version` counts moves of its dots.
   */
  paint(ctx: CanvasRenderingContext2D, scale: number, scene: Scene, version: number): void {
    const at = ctx.getTransform();
    const now = performance.now();
    if (!isSame(at, this.seen)) this.movedAt = now;
    this.seen = at;
    if (this.isDue(ctx, at, scene, version, now)) this.redraw(ctx, at, scale, scene, version);
    this.copy(ctx, at);
  }

  private isDue(
    ctx: CanvasRenderingContext2D,
    at: DOMMatrix,
    scene: Scene,
    version: number,
    now: number,
  ): boolean {
    const { drawn } = this;
    const { width, height } = ctx.canvas;
    if (!drawn || width !== this.canvas.width || height !== this.canvas.height) return true;
    if (drawn.scene !== scene) return true;
    if (drawn.version !== version) return now - drawn.endedAt > this.costMs;
    if (isSame(at, drawn.at)) return false;
    return this.costMs < CHEAP_MS || now - this.movedAt > REST_MS;
  }

  private redraw(
    ctx: CanvasRenderingContext2D,
    at: DOMMatrix,
    scale: number,
    scene: Scene,
    version: number,
  ): void {
    const from = performance.now();
    const { width, height } = ctx.canvas;
    if (width !== this.canvas.width) this.canvas.width = width;
    if (height !== this.canvas.height) this.canvas.height = height;
    const picture = this.canvas.getContext("2d");
    if (!picture) return;
    picture.resetTransform();
    picture.clearRect(0, 0, width, height);
    picture.setTransform(at);
    drawNetwork(picture, scale, scene);
    const endedAt = performance.now();
    this.costMs = endedAt - from;
    this.drawn = { at, scene, version, endedAt };
  }

  /** Copy the picture, moved and scaled as the view is since it was drawn. */
  private copy(ctx: CanvasRenderingContext2D, at: DOMMatrix): void {
    if (!this.drawn) return;
    ctx.save();
    ctx.setTransform(at.multiply(this.drawn.at.inverse()));
    ctx.drawImage(this.canvas, 0, 0);
    ctx.restore();
  }
}

function isSame(a: DOMMatrix, b: DOMMatrix | null): boolean {
  return b !== null && a.a === b.a && a.d === b.d && a.e === b.e && a.f === b.f;
}
