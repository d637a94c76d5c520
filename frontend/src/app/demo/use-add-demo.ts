import { useMutation, useQueryClient } from "@tanstack/react-query";
import { refreshContactLists } from "@/features/contacts/api/contact-cache";
import { graphKey } from "@/features/graph/api/put-relationship";
import { addDemoNetwork } from "./add-demo-network";

/** Return a mutation that adds the demo network and reloads what it changes. */
export function useAddDemo() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: addDemoNetwork,
    // After a failure, too: a part may have been added.
    onSettled: async () => {
      await Promise.all([
        refreshContactLists(client),
        client.invalidateQueries({ queryKey: graphKey }),
      ]);
    },
  });
}
