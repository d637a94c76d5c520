import { AfterImport } from "@/app/after-import";
import { ImportView } from "@/features/contacts/components/import/import-view";
import { useCan } from "@/lib/capabilities";

export function ImportRoute() {
  return (
    <ImportView
      canEnrich={useCan("POST /contacts/{id}/enrich")}
      after={(current) => <AfterImport current={current} />}
    />
  );
}
