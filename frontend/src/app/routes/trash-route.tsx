import { useQueryClient } from "@tanstack/react-query";
import { restoreContact } from "@/features/contacts/api/delete-contacts";
import { refreshContactLists } from "@/features/contacts/api/contact-cache";
import { TrashView } from "@/features/history/components/trash-view";
import { useCan } from "@/lib/capabilities";

export function TrashRoute() {
  const client = useQueryClient();
  const restore = async (id: string) => {
    await restoreContact(id);
    await refreshContactLists(client);
  };
  return <TrashView onRestore={restore} canEmpty={useCan("DELETE /contacts/trash")} />;
}
