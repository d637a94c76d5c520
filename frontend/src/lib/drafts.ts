import { create } from "zustand";
import { createJSONStorage, persist } from "zustand/middleware";
import { useSession } from "@/lib/session";

interface Draft {
  text: string;
  /** What was shown when one began to type: only over that may the text be saved. */
  base: string;
}

interface Drafts {
  drafts: Readonly<Record<string, Draft>>;
  put: (key: string, draft: Draft) => void;
  drop: (key: string) => void;
}

/** What was typed and is not saved yet. Kept for the tab, so that neither a reload nor another view loses it. */
export const useDrafts = create<Drafts>()(
  persist(
    (set) => ({
      drafts: {},
      put: (key, draft) => set(({ drafts }) => ({ drafts: { ...drafts, [key]: draft } })),
      drop: (key) =>
        set(({ drafts }) => ({
          drafts: Object.fromEntries(Object.entries(drafts).filter(([other]) => other !== key)),
        })),
    }),
    { name: "warmpath-drafts", storage: createJSONStorage(() => sessionStorage) },
  ),
);

// Whoever signs out leaves nothing behind; whose token has merely ended comes back.
useSession.subscribe((session, before) => {
  if (before.token && !session.token && !session.expired) useDrafts.setState({ drafts: {} });
});

/**
 * A text that is typed into a field and saved later: it follows what is stored until one types.
 *
 * `save` writes a text over a base, and throws where it cannot; then the text stays typed.
 */
export function useDraft(
  key: string,
  stored: string,
  save: (text: string, base: string) => Promise<void>,
) {
  const draft = useDrafts((state) => state.drafts[key]);
  const { put, drop } = useDrafts.getState();
  const text = draft?.text ?? stored;
  const isNewer = draft !== undefined && stored !== draft.base && stored !== draft.text;

  const write = async (next: string, base: string) => {
    // While it is on its way the text is the base of what is typed further.
    put(key, { text: next, base: next });
    try {
      await save(next, base);
      settle(next, null);
    } catch (error) {
      settle(next, base);
      throw error;
    }
  };
  const settle = (sent: string, base: string | null) => {
    const now = useDrafts.getState().drafts[key];
    if (!now) return;
    if (base !== null) put(key, { text: now.text, base });
    else if (now.text === sent) drop(key);
  };

  return {
    text,
    /** What is stored by now, where it is neither what one typed over nor what one typed. */
    theirs: isNewer ? stored : null,
    isChanged: draft !== undefined && draft.text !== draft.base,
    type: (next: string) => put(key, { text: next, base: draft?.base ?? stored }),
    forget: () => drop(key),
    write,
    /** Saves what was typed, if anything was; never over what is newer. */
    save: async () => {
      if (!draft || isNewer) return;
      if (draft.text === draft.base) drop(key);
      else await write(draft.text, draft.base);
    },
  };
}
