import { useRef, useState, type PointerEvent } from "react";

type Point = readonly [number, number];

interface LassoProps {
  /** Called with the polygon, in pixels of the view. */
  onDone: (polygon: Point[]) => void;
}

/** A layer over the canvas on which the user draws around contacts. */
export function Lasso({ onDone }: LassoProps) {
  const [points, setPoints] = useState<Point[]>([]);
  const drawing = useRef(false);
  const place = (event: PointerEvent<SVGSVGElement>): Point => {
    const { left, top } = event.currentTarget.getBoundingClientRect();
    return [event.clientX - left, event.clientY - top];
  };
  return (
    <svg
      aria-hidden
      style={{
        position: "absolute",
        inset: 0,
        width: "100%",
        height: "100%",
        cursor: "crosshair",
        touchAction: "none",
      }}
      onPointerDown={(event) => {
        drawing.current = true;
        event.currentTarget.setPointerCapture(event.pointerId);
        setPoints([place(event)]);
      }}
      onPointerMove={(event) => {
        if (!drawing.current) return;
        const point = place(event); // the event is gone by the time the update runs
        setPoints((drawn) => [...drawn, point]);
      }}
      onPointerUp={() => {
        drawing.current = false;
        onDone(points);
        setPoints([]);
      }}
    >
      <polygon
        points={points.map((point) => point.join()).join(" ")}
        fill="var(--strength-6)"
        fillOpacity={0.12}
        stroke="var(--strength-7)"
        strokeWidth={1.5}
        strokeDasharray="5 4"
      />
    </svg>
  );
}
