import { ConnectedView } from "@/features/sources/components/connected-view";
import { SourcesView } from "@/features/sources/components/sources-view";
import { useCan } from "@/lib/capabilities";

export function SourcesRoute() {
  return <SourcesView hasPeople={useCan("GET /sources/people")} />;
}

export function SourceConnectedRoute() {
  return <ConnectedView />;
}
