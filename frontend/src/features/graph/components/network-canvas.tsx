import { useColorMode } from "@chakra-ui/react";
import { forwardRef, useEffect, useImperativeHandle, useMemo, useRef, useState } from "react";
import ForceGraph2D, { type ForceGraphMethods } from "react-force-graph-2d";
import { Picture } from "@/features/graph/picture";
import { clustersOf, type Dot, type Drawing } from "@/features/graph/network-model";
import { useLayout } from "./use-layout";

interface NetworkCanvasProps {
  drawing: Drawing;
  width: number;
  height: number;
  /** The dot in focus, or -1. */
  focus: number;
  path: readonly number[];
  selected: ReadonlySet<string>;
  still: boolean;
  onHover: (index: number) => void;
  onFocus: (id: string) => void;
  onExpand: (id: string) => void;
  onBackground: () => void;
}

/** The controls of the canvas for the view. */
export interface NetworkCanvasHandle {
  fit: () => void;
  zoomBy: (factor: number) => void;
  /** Return the place on the canvas under a point of the screen. */
  toGraph: (x: number, y: number) => { x: number; y: number };
}

interface PathLink {
  source: string;
  target: string;
}

const DOUBLE_CLICK_MS = 320;
const MOVE_MS = 500;
/** Margins for the toolbar and the legend around the whole picture; a phone has none. */
const MARGIN_PX = matchMedia("(max-width: 599px)").matches ? 20 : 72;

/**
 * The network of a contact, on a canvas. The library handles the pointer, the zoom and the
 * particles; a worker computes the layout, and `draw-network` draws the picture.
 */
export const NetworkCanvas = forwardRef<NetworkCanvasHandle, NetworkCanvasProps>(
  function NetworkCanvas(props, handle) {
    const { drawing, width, height, focus, path, selected, still } = props;
    const graph = useRef<ForceGraphMethods<Dot, PathLink>>();
    const { colorMode } = useColorMode();
    const [hovered, setHovered] = useState(-1);
    const [picture] = useState(() => new Picture());
    const moving = useLayout(drawing, still);
    const clicked = useRef({ id: "", at: 0 });
    const moveMs = still ? 0 : MOVE_MS;

    const scene = useMemo(
      () => ({
        drawing,
        clusters: clustersOf(drawing.dots),
        emphasis: { focus: hovered >= 0 ? hovered : focus, path, selected },
        mode: colorMode,
      }),
      [drawing, hovered, focus, path, selected, colorMode],
    );
    // Only the chosen path is passed as links: the library runs its particles along them.
    const graphData = useMemo(
      () => ({ nodes: drawing.dots, links: pathLinks(drawing, path) }),
      [drawing, path],
    );

    useImperativeHandle(handle, () => ({
      fit: () => graph.current?.zoomToFit(moveMs, MARGIN_PX),
      zoomBy: (factor) => graph.current?.zoom(graph.current.zoom() * factor, moveMs / 2),
      toGraph: (x, y) => graph.current?.screen2GraphCoords(x, y) ?? { x: 0, y: 0 },
    }));

    useFitting(graph, drawing, moving, moveMs);

    const click = (dot: Dot) => {
      const now = Date.now();
      const again = clicked.current.id === dot.id && now - clicked.current.at < DOUBLE_CLICK_MS;
      clicked.current = { id: dot.id, at: now };
      if (again) props.onExpand(dot.id);
      else props.onFocus(dot.id);
    };

    return (
      <ForceGraph2D<Dot, PathLink>
        ref={graph}
        graphData={graphData}
        width={width}
        height={height}
        backgroundColor="transparent"
        cooldownTicks={0}
        warmupTicks={0}
        minZoom={0.05}
        maxZoom={8}
        enableNodeDrag={false}
        autoPauseRedraw={false}
        nodeLabel={() => ""}
        nodeCanvasObject={drawNothing}
        nodePointerAreaPaint={paintArea}
        linkColor={() => "transparent"}
        linkDirectionalParticles={still ? 0 : 4}
        linkDirectionalParticleSpeed={0.006}
        linkDirectionalParticleWidth={4}
        linkDirectionalParticleColor={() => (colorMode === "dark" ? "#ffe2b0" : "#7a2e05")}
        linkHoverPrecision={0}
        onRenderFramePre={(ctx, scale) => picture.paint(ctx, scale, scene, drawing.version)}
        onNodeHover={(dot) => {
          const index = dot ? (drawing.indexOf.get(dot.id) ?? -1) : -1;
          setHovered(index);
          props.onHover(index);
        }}
        onNodeClick={click}
        onBackgroundClick={props.onBackground}
      />
    );
  },
);

function drawNothing() {}

function paintArea(dot: Dot, color: string, ctx: CanvasRenderingContext2D): void {
  const reach = dot.radius + 3;
  ctx.fillStyle = color;
  ctx.fillRect(dot.x - reach, dot.y - reach, reach * 2, reach * 2);
}

function pathLinks(drawing: Drawing, path: readonly number[]): PathLink[] {
  return path.slice(1).flatMap((at, before) => {
    const source = drawing.dots[path[before] ?? -1];
    const target = drawing.dots[at];
    return source && target ? [{ source: source.id, target: target.id }] : [];
  });
}

/** Fit a new drawing into the view, at once and again when it has settled. */
function useFitting(
  graph: React.MutableRefObject<ForceGraphMethods<Dot, PathLink> | undefined>,
  drawing: Drawing,
  moving: boolean,
  moveMs: number,
): void {
  const fitted = useRef<Drawing | null>(null);
  useEffect(() => {
    if (fitted.current === null) {
      fitted.current = drawing;
      graph.current?.zoomToFit(0, MARGIN_PX);
      return;
    }
    if (!moving) graph.current?.zoomToFit(moveMs, MARGIN_PX);
  }, [graph, drawing, moving, moveMs]);
}
