import { CreditsView } from "@/features/enrichment/components/credits-view";

export function CreditsRoute() {
  return <CreditsView />;
}
