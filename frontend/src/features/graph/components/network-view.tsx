import { Box, Button, Flex, Heading, IconButton, Text, useMediaQuery } from "@chakra-ui/react";
import { useQueries, useQuery } from "@tanstack/react-query";
import { Lasso as LassoIcon, Maximize, Minus, Network as NetworkIcon, Plus, X } from "lucide-react";
import { Suspense, lazy, useEffect, useMemo, useRef, useState, type ReactNode } from "react";
import { Link as RouterLink } from "react-router-dom";
import { DemoButton } from "@/components/demo-button";
import { EmptyState } from "@/components/empty-state";
import { ErrorNote } from "@/components/error-note";
import { Skeleton } from "@/components/skeleton";
import { findPathOptions } from "@/features/graph/api/find-path";
import { getNetworkOptions } from "@/features/graph/api/get-network";
import {
  drawingOf,
  filterNetwork,
  isWithin,
  mergeNetworks,
  type Drawing,
  type Place,
} from "@/features/graph/network-model";
import { readNetworkQuestion } from "@/features/graph/network-question";
import { useGraphView } from "@/features/graph/stores/graph-view-store";
import { plural } from "@/lib/format";
import { useHotkeys } from "@/lib/use-hotkeys";
import { useUrlState } from "@/lib/use-url-state";
import type { Network } from "@/types/api";
import { Lasso } from "./lasso";
import type { NetworkCanvasHandle } from "./network-canvas";
import { NetworkList } from "./network-list";
import { NetworkToolbar } from "./network-toolbar";
import { StrengthLegend } from "./strength-legend";

const NetworkCanvas = lazy(() =>
  import("./network-canvas").then((module) => ({ default: module.NetworkCanvas })),
);

interface NetworkViewProps {
  selfId: string;
  onPerson: (id: string | null) => void;
  /** The actions on the contacts that a lasso has selected. */
  selectionActions: (ids: readonly string[], done: () => void) => ReactNode;
}

/** The network of the user, as a picture or a list. */
export function NetworkView({ selfId, onPerson, selectionActions }: NetworkViewProps) {
  const [params, changeUrl] = useUrlState();
  const question = useMemo(() => readNetworkQuestion(params, selfId), [params, selfId]);
  const { expanded, selected, select } = useGraphView();
  const base = useQuery(getNetworkOptions(question));
  const more = useQueries({
    queries: expanded.map((center) =>
      getNetworkOptions({ center, depth: 1, limit: 200, minStrength: 0 }),
    ),
    combine: loadedNetworks,
  });
  const whole = useMemo(
    () => base.data && (more.length > 0 ? mergeNetworks([base.data, ...more]) : base.data),
    [base.data, more],
  );
  const network = useMemo(
    () => whole && filterNetwork(whole, question.filter, question.center),
    [whole, question],
  );
  const asList = params.get("view") === "list";

  if (base.error) {
    return (
      <Box p={8} maxW="40rem" mx="auto">
        <ErrorNote error={base.error} onRetry={() => void base.refetch()} />
      </Box>
    );
  }
  return (
    <Flex direction="column" h="full" position="relative" overflow="hidden">
      <Heading as="h1" srOnly>
        Graph
      </Heading>
      <NetworkToolbar
        whole={whole}
        shown={network}
        question={question}
        asList={asList}
        onChange={(change) => changeUrl(change)}
        onFind={(id) => {
          changeUrl({ focus: id });
          if (asList) onPerson(id);
        }}
      />
      {!network ? (
        <NetworkBones />
      ) : network.nodes.length <= 1 ? (
        <Alone />
      ) : asList ? (
        <NetworkList network={network} onPerson={onPerson} />
      ) : (
        <NetworkStage network={network} pathTo={question.pathTo} onPerson={onPerson} />
      )}
      {selected.size > 0 && !asList && (
        <Flex
          position="absolute"
          bottom={{ base: 4, md: 6 }}
          left="50%"
          transform="translateX(-50%)"
          align="center"
          gap={1}
          pl={4}
          pr={1.5}
          py={1.5}
          bg="bg.raised"
          border="1px solid"
          borderColor="accent.line"
          borderRadius="xl"
          boxShadow="float"
        >
          <Text fontWeight={600} color="text.strong" whiteSpace="nowrap" mr={2}>
            {plural(selected.size, "person", "people")}
          </Text>
          {selectionActions([...selected], () => select([]))}
          <IconButton
            size="sm"
            variant="ghost"
            aria-label="Clear the selection"
            icon={<X size={15} />}
            onClick={() => select([])}
          />
        </Flex>
      )}
    </Flex>
  );
}

/** The networks that double clicks have added so far. */
function loadedNetworks(queries: readonly { data: Network | undefined }[]): Network[] {
  return queries.flatMap(({ data }) => data ?? []);
}

interface NetworkStageProps {
  network: Network;
  pathTo: string;
  onPerson: (id: string | null) => void;
}

function NetworkStage({ network, pathTo, onPerson }: NetworkStageProps) {
  const [params, changeUrl] = useUrlState();
  const [still = false] = useMediaQuery("(prefers-reduced-motion: reduce)", { ssr: false });
  const stage = useRef<HTMLDivElement>(null);
  const canvas = useRef<NetworkCanvasHandle>(null);
  const { width, height } = useSize(stage);
  const [hovered, setHovered] = useState(-1);
  const { lasso, setLasso, selected, select, expand } = useGraphView();
  const drawing = useDrawing(network);
  const path = usePathOn(drawing, pathTo);
  const focus = drawing.indexOf.get(params.get("focus") ?? "") ?? -1;

  useHotkeys({
    f: () => canvas.current?.fit(),
    l: () => setLasso(!lasso),
    "+": () => canvas.current?.zoomBy(1.4),
    "-": () => canvas.current?.zoomBy(1 / 1.4),
    Escape: () => {
      if (lasso) setLasso(false);
      else {
        select([]);
        changeUrl({ focus: null, person: null });
      }
    },
  });

  const choose = (polygon: readonly (readonly [number, number])[]) => {
    const corners = polygon.map(([x, y]) => canvas.current?.toGraph(x, y) ?? { x: 0, y: 0 });
    const shape = corners.map(({ x, y }) => [x, y] as const);
    const inside = drawing.dots.filter((dot) => dot.hops > 0 && isWithin(dot.x, dot.y, shape));
    select(inside.map(({ id }) => id));
  };

  return (
    <Box ref={stage} position="absolute" inset={0} zIndex={0}>
      {width > 0 && (
        <Suspense fallback={<NetworkBones />}>
          <NetworkCanvas
            ref={canvas}
            {...{ drawing, width, height, focus, path, selected, still }}
            onHover={setHovered}
            onFocus={(id) => changeUrl({ focus: id, person: id }, { push: true })}
            onExpand={expand}
            onBackground={() => {
              changeUrl({ focus: null });
              onPerson(null);
            }}
          />
        </Suspense>
      )}
      {lasso && <Lasso onDone={choose} />}
      <StrengthLegend dot={drawing.dots[hovered]} ties={drawing.neighbours[hovered]?.length ?? 0} />
      <Flex
        position="absolute"
        right={{ base: 3, md: 5 }}
        bottom={{ base: 4, md: 5 }}
        direction="column"
        gap={1.5}
      >
        <CanvasButton
          label="Select by drawing around contacts (L)"
          pressed={lasso}
          onClick={() => setLasso(!lasso)}
        >
          <LassoIcon size={17} />
        </CanvasButton>
        <CanvasButton label="Show everything (F)" onClick={() => canvas.current?.fit()}>
          <Maximize size={16} />
        </CanvasButton>
        <CanvasButton label="Zoom in (+)" onClick={() => canvas.current?.zoomBy(1.4)}>
          <Plus size={17} />
        </CanvasButton>
        <CanvasButton label="Zoom out (-)" onClick={() => canvas.current?.zoomBy(1 / 1.4)}>
          <Minus size={17} />
        </CanvasButton>
      </Flex>
    </Box>
  );
}

interface CanvasButtonProps {
  label: string;
  pressed?: boolean;
  onClick: () => void;
  children: React.ReactElement;
}

function CanvasButton({ label, pressed, onClick, children }: CanvasButtonProps) {
  return (
    <IconButton
      aria-label={label}
      title={label}
      aria-pressed={pressed}
      icon={children}
      bg={pressed ? "accent.solid" : "bg.raised"}
      color={pressed ? "accent.ink" : "text.default"}
      boxShadow="lift"
      onClick={onClick}
    />
  );
}

/** A drawing of the network in which contacts that were drawn before keep their places. */
function useDrawing(network: Network): Drawing {
  const [places] = useState(() => new Map<string, Place>());
  return useMemo(() => drawingOf(network, places), [network, places]);
}

/** The warmest path to a contact, as dots in order; empty when a part of it is not drawn. */
function usePathOn(drawing: Drawing, to: string): number[] {
  const { data } = useQuery(
    findPathOptions({ target: { to }, order: "strongest", maxHops: 6, alternatives: 0 }),
  );
  return useMemo(() => {
    const dots = (data?.[0]?.contacts ?? []).map(({ id }) => drawing.indexOf.get(id) ?? -1);
    return dots.includes(-1) ? [] : dots;
  }, [data, drawing]);
}

function useSize(box: React.RefObject<HTMLElement>) {
  const [size, setSize] = useState({ width: 0, height: 0 });
  useEffect(() => {
    if (!box.current) return;
    const observer = new ResizeObserver(([entry]) => {
      if (entry) setSize({ width: entry.contentRect.width, height: entry.contentRect.height });
    });
    observer.observe(box.current);
    return () => observer.disconnect();
  }, [box]);
  return size;
}

/** The places of a network's skeleton: x and y in percent, size in pixels. */
const BONES = [
  [50, 50, 30],
  [36, 40, 16],
  [62, 38, 20],
  [41, 64, 18],
  [60, 62, 14],
  [26, 54, 12],
  [73, 52, 16],
  [50, 28, 12],
  [52, 76, 12],
] as const;

function NetworkBones() {
  return (
    <Box flex={1} position="relative" role="status" aria-label="Loading the network">
      {BONES.map(([x, y, size]) => (
        <Skeleton
          key={`${x}-${y}`}
          position="absolute"
          left={`${x}%`}
          top={`${y}%`}
          boxSize={`${size}px`}
          h={`${size}px`}
          borderRadius="full"
        />
      ))}
    </Box>
  );
}

function Alone() {
  return (
    <EmptyState
      icon={NetworkIcon}
      title="No ties to draw yet"
      actions={
        <>
          <Button as={RouterLink} to="/import" variant="accent">
            Import contacts
          </Button>
          <DemoButton />
        </>
      }
    >
      The graph shows who knows whom. Import your LinkedIn contacts, or open a contact and say how
      well you know each other.
    </EmptyState>
  );
}
