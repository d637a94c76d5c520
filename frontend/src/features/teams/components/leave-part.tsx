import { Button, Flex, Text } from "@chakra-ui/react";
import { useState } from "react";
import { useToasts } from "@/components/toast-store";
import { useRemoveTeamMember } from "@/features/teams/api/remove-team-member";
import { explain } from "@/lib/api-error";
import { Part } from "@/components/part";

/** The button that leaves the team, after a second click. */
export function LeavePart({ name }: { name: string }) {
  const [sure, setSure] = useState(false);
  const remove = useRemoveTeamMember();
  const show = useToasts((state) => state.show);
  const leave = () =>
    remove.mutate("me", {
      onSuccess: () => show({ tone: "done", text: `You have left ${name}` }),
      onError: (error) => show({ tone: "problem", text: explain(error) }),
    });
  return (
    <Part
      title="Leave"
      hint="Colleagues then find no path through you, and you find none through them. You need an invitation to come back."
    >
      {sure ? (
        <Flex gap={2} align="center" wrap="wrap">
          <Text>Leave {name}?</Text>
          <Button autoFocus variant="danger" isDisabled={remove.isPending} onClick={leave}>
            Leave
          </Button>
          <Button variant="ghost" onClick={() => setSure(false)}>
            Stay
          </Button>
        </Flex>
      ) : (
        <Button onClick={() => setSure(true)}>Leave the team</Button>
      )}
    </Part>
  );
}
