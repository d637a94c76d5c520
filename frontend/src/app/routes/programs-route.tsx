import { ProgramsView } from "@/features/access/components/programs-view";
import { WebhooksPart } from "@/features/webhooks/components/webhooks-part";
import { useCan } from "@/lib/capabilities";

export function ProgramsRoute() {
  const hasWebhooks = useCan("POST /webhooks");
  return <ProgramsView webhooks={hasWebhooks && <WebhooksPart />} />;
}
