import { useQuery } from "@tanstack/react-query";
import { useStrength } from "@/app/use-strength";
import { listCirclesOptions } from "@/features/circles/api/circles";
import { ContactsView } from "@/features/contacts/components/contacts-view";
import { useCan } from "@/lib/capabilities";

export function ContactsRoute() {
  const { data: circles = [] } = useQuery({
    ...listCirclesOptions(),
    enabled: useCan("POST /circles"),
  });
  return (
    <ContactsView
      strengthOf={useStrength()}
      canEnrich={useCan("POST /contacts/{id}/enrich")}
      circles={circles}
    />
  );
}
