import { create } from "zustand";
import { createJSONStorage, persist } from "zustand/middleware";
import type { ContactUpdate } from "@/features/contacts/api/update-contact";
import { useSession } from "@/lib/session";

/** A change of one field of one contact; `what` names the field, as in "Title of Mei". */
export interface FieldChange extends ContactUpdate {
  what: string;
}

interface Waiting {
  changes: readonly FieldChange[];
  add: (change: FieldChange) => void;
  /** Return all changes and forget them: each is made, or added again. */
  take: () => readonly FieldChange[];
}

/** Changes that the server has not got because it could not be reached; kept over a reload. */
export const useWaiting = create<Waiting>()(
  persist(
    (set, get) => ({
      changes: [],
      add: (change) => set(({ changes }) => ({ changes: joined(changes, change) })),
      take: () => {
        const { changes } = get();
        set({ changes: [] });
        return changes;
      },
    }),
    { name: "warmpath-waiting", storage: createJSONStorage(() => sessionStorage) },
  ),
);

// Signing out discards the changes; a token that has ended does not, as the user comes back.
useSession.subscribe((session, before) => {
  if (before.token && !session.token && !session.expired) useWaiting.setState({ changes: [] });
});

/** Add a change; of one field only the latest value waits, over the value that was seen first. */
function joined(changes: readonly FieldChange[], change: FieldChange): FieldChange[] {
  const fieldsOf = ({ patch }: FieldChange) => Object.keys(patch).sort().join();
  const isSame = (other: FieldChange) =>
    other.id === change.id && fieldsOf(other) === fieldsOf(change);
  const earlier = changes.find(isSame);
  const base = earlier?.base ?? change.base;
  return [...changes.filter((other) => !isSame(other)), { ...change, base }];
}
