import { create } from "zustand";

interface GraphViewState {
  /** Whether dragging draws a lasso instead of moving the picture. */
  lasso: boolean;
  setLasso: (on: boolean) => void;
  selected: ReadonlySet<string>;
  select: (ids: Iterable<string>) => void;
  /** The contacts whose networks were added to the picture. */
  expanded: readonly string[];
  expand: (id: string) => void;
  collapse: () => void;
}

/** The state of the graph view; its content is in the address and the query cache. */
export const useGraphView = create<GraphViewState>()((set) => ({
  lasso: false,
  setLasso: (lasso) => set({ lasso }),
  selected: new Set<string>(),
  select: (ids) => set({ selected: new Set(ids), lasso: false }),
  expanded: [],
  expand: (id) =>
    set(({ expanded }) => (expanded.includes(id) ? {} : { expanded: [...expanded, id] })),
  collapse: () => set({ expanded: [] }),
}));
