import { Tag } from "lucide-react";
import { Popup } from "@/components/popup";
import { TagField } from "./tag-field";
import { useBulkEdits } from "./use-bulk-edits";

interface TagSelectionProps {
  ids: readonly string[];
  onDone: () => void;
}

/** Tags contacts that were selected outside the list. */
export function TagSelection({ ids, onDone }: TagSelectionProps) {
  const { setTag } = useBulkEdits();
  const tagAll = (tag: string) => {
    onDone();
    void setTag({ ids }, tag, true);
  };
  return (
    <Popup label="Tag" title="Tag" leftIcon={<Tag size={14} />} variant="ghost">
      <TagField onTag={tagAll} />
    </Popup>
  );
}
