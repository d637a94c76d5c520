import { Link } from "@chakra-ui/react";
import { displayName } from "@/lib/format";
import type { Contact } from "@/types/api";
import { EditableRow } from "./fact-row";
import { useContactEdits } from "./use-contact-edits";

/** The phone numbers of a contact, each changed in place, and a line for another one. */
export function PhoneFacts({ contact }: { contact: Contact }) {
  const { change } = useContactEdits();
  const { id, phones } = contact;
  const save = (next: string[]) => {
    const what = `Phone of ${displayName(contact)}`;
    void change({ id, patch: { phones: next.filter(Boolean) }, base: { phones }, what });
  };
  return (
    <>
      {phones.map((phone, at) => (
        <EditableRow
          key={phone}
          label={at === 0 ? "Phone" : `Phone ${at + 1}`}
          type="tel"
          value={phone}
          shown={<Link href={`tel:${phone}`}>{phone}</Link>}
          onSave={(text) => save(phones.map((each, place) => (place === at ? text : each)))}
        />
      ))}
      <EditableRow
        key={`another-${phones.length}`}
        label={phones.length === 0 ? "Phone" : "Another phone"}
        type="tel"
        value=""
        onSave={(text) => save([...phones, text])}
      />
    </>
  );
}
