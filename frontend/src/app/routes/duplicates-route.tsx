import { DuplicatesView } from "@/features/contacts/components/duplicates/duplicates-view";

export function DuplicatesRoute() {
  return <DuplicatesView />;
}
