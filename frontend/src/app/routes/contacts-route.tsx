import { ContactsView } from "@/features/contacts/components/contacts-view";
import { useWarmth } from "@/app/use-warmth";
import { useEnrich } from "@/app/use-enrich";

export function ContactsRoute() {
  return <ContactsView warmthOf={useWarmth()} onEnrich={useEnrich()} />;
}
