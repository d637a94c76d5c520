import { ContactsView } from "@/features/contacts/components/contacts-view";
import { useStrength } from "@/app/use-strength";
import { useCan } from "@/lib/capabilities";

export function ContactsRoute() {
  return (
    <ContactsView strengthOf={useStrength()} canEnrich={useCan("POST /contacts/{id}/enrich")} />
  );
}
