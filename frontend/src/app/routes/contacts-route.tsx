import { ContactsView } from "@/features/contacts/components/contacts-view";
import { useStrength } from "@/app/use-strength";
import { useEnrich } from "@/app/use-enrich";

export function ContactsRoute() {
  return <ContactsView strengthOf={useStrength()} onEnrich={useEnrich()} />;
}
