import { Tag } from "lucide-react";
import { Popup } from "@/components/popup";
import { useToasts } from "@/components/toast-store";
import { readContacts } from "@/features/contacts/api/export-contacts";
import { explain } from "@/lib/api-error";
import { plural } from "@/lib/format";
import { TagField } from "./tag-field";
import { useContactEdits } from "./use-contact-edits";

interface TagSelectionProps {
  ids: readonly string[];
  onDone: () => void;
}

/** Tags people who were chosen elsewhere than in the list; their tags are read first. */
export function TagSelection({ ids, onDone }: TagSelectionProps) {
  const { changeAll } = useContactEdits();
  const show = useToasts((state) => state.show);
  const tagAll = async (tag: string) => {
    onDone();
    try {
      const contacts = await readContacts(ids);
      const updates = contacts
        .filter(({ tags }) => !tags.includes(tag))
        .map(({ id, tags }) => ({ id, patch: { tags: [...tags, tag] } }));
      await changeAll(updates, `${plural(updates.length, "contact")} tagged “${tag}”`);
    } catch (error) {
      show({ tone: "problem", text: `Nobody was tagged. ${explain(error)}` });
    }
  };
  return (
    <Popup label="Tag" title="Tag" leftIcon={<Tag size={14} />} variant="ghost">
      <TagField onTag={(tag) => void tagAll(tag)} />
    </Popup>
  );
}
