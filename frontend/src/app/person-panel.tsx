import { Button } from "@chakra-ui/react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Sparkles, Waypoints } from "lucide-react";
import { Link as RouterLink } from "react-router-dom";
import { ContactPanel } from "@/features/contacts/components/contact-panel";
import { lookupsOf } from "@/features/contacts/components/contact-history";
import { useContactEdits } from "@/features/contacts/components/use-contact-edits";
import { FIELD_NAMES, labelOf, type ContactField } from "@/features/contacts/contact-fields";
import { searchContacts } from "@/features/contacts/api/search-contacts";
import { CirclesSection } from "@/features/circles/components/circles-section";
import { CadenceField } from "@/features/day/components/cadence-field";
import { TimelineSection } from "@/features/day/components/timeline-section";
import { DeleteNote } from "@/features/notes/components/delete-note";
import { NoteComposer } from "@/features/notes/components/note-composer";
import { PathsSection } from "@/features/graph/components/paths-section";
import { TiesSection } from "@/features/graph/components/ties-section";
import { IntroductionsSection } from "@/features/graph/components/introductions-section";
import { getTeamOptions } from "@/features/teams/api/get-team";
import { HistorySection } from "@/features/history/components/history-section";
import { HideButton } from "@/features/teams/components/hide-button";
import { getMeOptions } from "@/features/users/api/get-me";
import { useCan } from "@/lib/capabilities";
import { displayName } from "@/lib/format";
import { enrichmentOf, type Contact, type ContactPatch } from "@/types/api";
import { useUrlState } from "@/lib/use-url-state";
import { useEnrich } from "./use-enrich";
import { useStrength } from "./use-strength";

const MOST_HITS = 6;

interface PersonPanelProps {
  id: string;
  onClose: () => void;
}

/** The panel of one contact, with the parts that each area adds. */
export function PersonPanel({ id, onClose }: PersonPanelProps) {
  const [, changeUrl] = useUrlState();
  const { data: me } = useQuery(getMeOptions);
  const enrich = useEnrich();
  const { change } = useContactEdits();
  const strengthOf = useStrength();
  const canReach = useCan("GET /graph/path");
  const canTie = useCan("GET /graph/relationships");
  const canIntroduce = useCan("GET /graph/introductions");
  const canHistory = useCan("GET /contacts/{id}/history");
  const canTeam = useCan("GET /teams/mine");
  const canCircle = useCan("GET /circles");
  const canDay = useCan("GET /due");
  const client = useQueryClient();
  const noted = () => void client.invalidateQueries({ queryKey: ["day", "timeline"] });
  const { data: teams } = useQuery({ ...getTeamOptions, enabled: canTeam });
  const selfId = me?.self_contact_id ?? "";
  const open = (person: string) => changeUrl({ person }, { push: true });
  const setBack = (contact: Contact, field: ContactField, value: unknown) =>
    void change({
      id: contact.id,
      patch: patchOf(contact, field, value),
      base: { [field]: contact[field] },
      what: `${labelOf(field)} of ${displayName(contact)}`,
    });

  return (
    <ContactPanel
      id={id}
      onClose={onClose}
      actions={(contact) => (
        <>
          {canReach && !contact.is_self && (
            <Button
              as={RouterLink}
              to={`/?to=${contact.id}`}
              size="sm"
              variant="accent"
              leftIcon={<Waypoints size={15} />}
            >
              Find a path
            </Button>
          )}
          {enrich && !contact.is_self && (
            <Button
              size="sm"
              leftIcon={<Sparkles size={14} />}
              isDisabled={enrichmentOf(contact).status === "pending"}
              onClick={() => enrich([contact.id])}
            >
              {enrichmentOf(contact).status === "pending" ? "Enriching" : "Enrich"}
            </Button>
          )}
          {teams?.team && !contact.is_self && (
            <HideButton contactId={contact.id} name={displayName(contact)} />
          )}
        </>
      )}
      sections={(contact) => (
        <>
          {canReach && selfId && !contact.is_self && (
            <PathsSection to={contact.id} selfId={selfId} onPerson={open} />
          )}
          {canTie && selfId && (
            <TiesSection
              key={contact.id}
              contactId={contact.id}
              name={displayName(contact)}
              selfId={selfId}
              strengthOf={strengthOf}
              find={async (q, signal) => (await searchContacts(q, MOST_HITS, signal)).items}
              onPerson={open}
            />
          )}
          {canIntroduce && <IntroductionsSection contactId={contact.id} />}
          {canCircle && !contact.is_self && (
            <CirclesSection key={`circles ${contact.id}`} contactId={contact.id} />
          )}
          {canDay && !contact.is_self && (
            <>
              <CadenceField contactId={contact.id} name={displayName(contact)} />
              <TimelineSection
                key={`timeline ${contact.id}`}
                contactId={contact.id}
                composer={<NoteComposer contactId={contact.id} onAdded={noted} />}
                noteActions={(noteId) => (
                  <DeleteNote contactId={contact.id} noteId={noteId} onDeleted={noted} />
                )}
                onPerson={open}
              />
            </>
          )}
        </>
      )}
      history={(contact) =>
        canHistory ? (
          <HistorySection
            contactId={contact.id}
            changedAt={contact.updated_at}
            events={lookupsOf(contact)}
            labelOf={(field) => (isField(field) ? labelOf(field) : field)}
            onSetBack={(field, value) => {
              if (isField(field)) setBack(contact, field, value);
            }}
          />
        ) : null
      }
    />
  );
}

function isField(field: string): field is ContactField {
  return (FIELD_NAMES as readonly string[]).includes(field);
}

/** Return the patch that gives a field a value again; a merge patch removes a custom field by null. */
function patchOf(contact: Contact, field: ContactField, value: unknown): ContactPatch {
  if (field !== "custom") return { [field]: value };
  const keys = Object.keys(contact.custom).map((key) => [key, null] as const);
  return {
    custom: { ...Object.fromEntries(keys), ...(value as Contact["custom"]) },
  };
}
