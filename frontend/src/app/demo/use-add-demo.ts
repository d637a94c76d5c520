import { useMutation, useQueryClient } from "@tanstack/react-query";
import { refreshContactLists } from "@/features/contacts/api/contact-cache";
import { graphKey } from "@/features/graph/api/put-relationship";
import { addDemoNetwork } from "./add-demo-network";

/** Adds the demo network, and has everything read again that it changes. */
export function useAddDemo() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: addDemoNetwork,
    // After a failure, too: what had come by then is there.
    onSettled: async () => {
      await Promise.all([
        refreshContactLists(client),
        client.invalidateQueries({ queryKey: graphKey }),
      ]);
    },
  });
}
