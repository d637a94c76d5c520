import { create } from "zustand";
import { createJSONStorage, persist } from "zustand/middleware";
import { useSession } from "@/lib/session";

interface Draft {
  text: string;
  /** The stored text when the user began to type: the draft is saved only over this. */
  base: string;
}

interface Drafts {
  drafts: Readonly<Record<string, Draft>>;
  put: (key: string, draft: Draft) => void;
  drop: (key: string) => void;
}

/**
 * Texts that are typed and not saved yet. Kept for the tab, so that neither a reload nor another
 * view loses them.
 */
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

// Signing out discards the drafts; a token that has ended does not, as the user comes back.
useSession.subscribe((session, before) => {
  if (before.token && !session.token && !session.expired) useDrafts.setState({ drafts: {} });
});

/**
 * A text that is typed into a field and saved later: it follows the stored text until the user
 * types.
 *
 * `save` writes a text over a base, and throws where it cannot; then the text stays in the field.
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
    // While it is being saved, the text is the base of further typing.
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
    /** The stored text by now, when it is neither the base nor the draft. */
    theirs: isNewer ? stored : null,
    isChanged: draft !== undefined && draft.text !== draft.base,
    type: (next: string) => put(key, { text: next, base: draft?.base ?? stored }),
    forget: () => drop(key),
    write,
    /** Save the draft, if there is one; never over a newer text. */
    save: async () => {
      if (!draft || isNewer) return;
      if (draft.text === draft.base) drop(key);
      else await write(draft.text, draft.base);
    },
  };
}
