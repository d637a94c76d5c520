import { Textarea } from "@chakra-ui/react";
import { useState } from "react";
import { PanelSection } from "@/components/panel-section";
import { displayName } from "@/lib/format";
import type { Contact } from "@/types/api";
import { useContactEdits } from "./use-contact-edits";

/** Free notes; kept when one leaves the field. What could not be saved stays typed. */
export function ContactNotes({ contact }: { contact: Contact }) {
  const [text, setText] = useState(contact.notes ?? "");
  const { change } = useContactEdits();
  const save = () => {
    if (text === (contact.notes ?? "")) return;
    void change(contact.id, { notes: text || null }, `Notes on ${displayName(contact)} saved`);
  };
  return (
    <PanelSection title="Notes">
      <Textarea
        aria-label="Notes"
        rows={Math.min(10, Math.max(3, text.split("\n").length + 1))}
        placeholder="How you met, what they care about"
        value={text}
        onChange={(event) => setText(event.target.value)}
        onBlur={save}
        onKeyDown={(event) => {
          if (event.key === "Escape") event.currentTarget.blur();
        }}
      />
    </PanelSection>
  );
}
