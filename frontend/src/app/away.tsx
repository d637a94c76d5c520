import { Flex, Text } from "@chakra-ui/react";
import { useQueryClient } from "@tanstack/react-query";
import { CloudOff } from "lucide-react";
import { useEffect } from "react";
import { patchCachedContact } from "@/features/contacts/api/contact-cache";
import { useContactEdits } from "@/features/contacts/components/use-contact-edits";
import { useWaiting } from "@/features/contacts/stores/waiting-store";
import { plural } from "@/lib/format";
import { useReachability } from "@/lib/reachability";

/** The note that the server is away and which changes wait for it; they are made when it is back. */
export function Away() {
  const isAway = useReachability((state) => state.isAway);
  const changes = useWaiting((state) => state.changes);
  const client = useQueryClient();
  const { change } = useContactEdits();

  useEffect(() => {
    if (isAway) for (const { id, patch } of changes) patchCachedContact(client, id, patch);
  }, [client, isAway, changes]);
  useEffect(() => {
    if (isAway) return;
    // One after the other: several may be about one contact.
    const makeAll = async () => {
      for (const waiting of useWaiting.getState().take()) await change(waiting);
    };
    void makeAll();
  }, [isAway, change]);

  if (!isAway) return null;
  return (
    <Flex
      role="status"
      align="center"
      gap={2.5}
      px={{ base: 4, sm: 8 }}
      py={2}
      bg="doubt"
      color="text.strong"
      borderBottom="1px solid"
      borderColor="line.subtle"
    >
      <CloudOff size={16} aria-hidden />
      <Text flex={1}>
        {navigator.onLine ? "The server does not answer." : "You are offline."}{" "}
        {changes.length > 0 &&
          `${plural(changes.length, "change waits", "changes wait")} and will be made later. `}
        What you see may be older. The app goes on by itself.
      </Text>
    </Flex>
  );
}
