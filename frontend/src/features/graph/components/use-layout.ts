import { useEffect, useRef, useState } from "react";
import type { LayoutReply, LayoutRequest } from "@/features/graph/layout-worker";
import { clustersOf, type Drawing } from "@/features/graph/network-model";

/**
 * Lay a drawing out in a worker and move its dots as the places arrive.
 *
 * Returns whether it is still moving. With `still` the dots only take their final places, for users
 * who want no motion.
 */
export function useLayout(drawing: Drawing, still: boolean): boolean {
  const worker = useRef<Worker | null>(null);
  const [settled, setSettled] = useState<Drawing | null>(null);

  useEffect(() => {
    const created = new Worker(new URL("../layout-worker.ts", import.meta.url), { type: "module" });
    worker.current = created;
    return () => created.terminate();
  }, []);

  useEffect(() => {
    const current = worker.current;
    if (!current) return;
    const onMessage = ({ data }: MessageEvent<LayoutReply>) => {
      // Places of a drawing that was replaced meanwhile do not fit the present one.
      if (data.places.length !== drawing.dots.length * 2) return;
      if (!still || data.done) move(drawing, data.places);
      if (data.done) setSettled(drawing);
    };
    current.addEventListener("message", onMessage);
    current.postMessage(requestFor(drawing));
    return () => current.removeEventListener("message", onMessage);
  }, [drawing, still]);

  return settled !== drawing;
}

function move(drawing: Drawing, places: Float32Array): void {
  drawing.version += 1;
  drawing.dots.forEach((dot, at) => {
    dot.x = places[at * 2] ?? dot.x;
    dot.y = places[at * 2 + 1] ?? dot.y;
    drawing.places.set(dot.id, { x: dot.x, y: dot.y });
  });
}

function requestFor({ dots, lines }: Drawing): LayoutRequest {
  const cluster = new Int16Array(dots.length).fill(-1);
  clustersOf(dots).forEach(({ members }, number) => {
    for (const at of members) cluster[at] = number;
  });
  return {
    x: Float32Array.from(dots, ({ x }) => x),
    y: Float32Array.from(dots, ({ y }) => y),
    hops: Uint8Array.from(dots, ({ hops }) => hops),
    radius: Float32Array.from(dots, ({ radius }) => radius),
    cluster,
    ties: Uint32Array.from(lines.flatMap(({ source, target }) => [source, target])),
    strengths: Float32Array.from(lines, ({ strength }) => strength),
  };
}
