import { Button, FormControl, FormLabel, Input, SimpleGrid } from "@chakra-ui/react";
import { useState, type SyntheticEvent } from "react";
import { Dialog } from "@/components/dialog";
import { ErrorNote } from "@/components/error-note";
import { useToasts } from "@/components/toast-store";
import { useCreateContact } from "@/features/contacts/api/create-contact";
import {
  exampleOf,
  FIELD_NAMES,
  labelOf,
  type ContactField,
} from "@/features/contacts/contact-fields";
import { displayName } from "@/lib/format";

const ASKED = FIELD_NAMES.filter(exampleOf);
type Draft = Partial<Record<ContactField, string>>;

interface AddContactDialogProps {
  onClose: () => void;
  onAdded: (id: string) => void;
}

/** A new contact: a name, an e-mail or a LinkedIn profile is enough. */
export function AddContactDialog({ onClose, onAdded }: AddContactDialogProps) {
  const [draft, setDraft] = useState<Draft>({});
  const create = useCreateContact();
  const show = useToasts((state) => state.show);
  const given = Object.entries(draft).filter(([, value]) => value.trim() !== "");
  const enough = Boolean(draft.name ?? draft.email ?? draft.linkedin_url);

  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    create.mutate(Object.fromEntries(given), {
      onSuccess: (contact) => {
        show({ tone: "done", text: `${displayName(contact)} is in your contacts` });
        onAdded(contact.id);
      },
    });
  };

  return (
    <Dialog
      title="Add a contact"
      onClose={onClose}
      onSubmit={submit}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="accent" isDisabled={!enough || create.isPending}>
            Add contact
          </Button>
        </>
      }
    >
      <SimpleGrid columns={{ base: 1, sm: 2 }} gap={4}>
        {ASKED.map((field) => (
          <FormControl key={field}>
            <FormLabel>{labelOf(field)}</FormLabel>
            <Input
              type={field === "email" ? "email" : "text"}
              placeholder={exampleOf(field)}
              value={draft[field] ?? ""}
              onChange={(event) => setDraft({ ...draft, [field]: event.target.value })}
            />
          </FormControl>
        ))}
      </SimpleGrid>
      {create.error && (
        <div style={{ marginTop: 16 }}>
          <ErrorNote error={create.error} />
        </div>
      )}
    </Dialog>
  );
}
