import { Box, Button, Flex, FormControl, FormLabel, Input, Text } from "@chakra-ui/react";
import { useState, type SyntheticEvent } from "react";
import { ErrorNote } from "@/components/error-note";
import { useToasts } from "@/components/toast-store";
import { useCancelTeamInvitation } from "@/features/teams/api/cancel-team-invitation";
import { useInviteToTeam } from "@/features/teams/api/invite-to-team";
import { explain } from "@/lib/api-error";
import { timeAgo } from "@/lib/format";
import { useMailLink } from "@/lib/mailbox";
import type { Team } from "@/types/api";
import { Part } from "@/components/part";

type Sent = Team["invitations"][number];

/** The form for invitations by e-mail, and the list of open invitations. */
export function InvitePart({ invitations }: { invitations: readonly Sent[] }) {
  const [email, setEmail] = useState("");
  const invite = useInviteToTeam();
  const show = useToasts((state) => state.show);
  const link = useMailLink();
  const address = email.trim();
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    invite.mutate(address, {
      onSuccess: () => {
        show({ tone: "done", text: `${address} is invited`, link });
        setEmail("");
      },
    });
  };
  return (
    <Part title="Invite" hint="Only somebody who signs in with this address can accept.">
      <Box as="form" onSubmit={submit} maxW="26rem">
        <FormControl>
          <FormLabel>E-mail address of a colleague</FormLabel>
          <Flex gap={2}>
            <Input
              type="email"
              placeholder="ana@example.com"
              value={email}
              autoComplete="off"
              onChange={(event) => setEmail(event.target.value)}
            />
            <Button
              type="submit"
              variant="accent"
              isDisabled={!address.includes("@") || invite.isPending}
            >
              Invite
            </Button>
          </Flex>
        </FormControl>
        {invite.error && (
          <Box mt={3}>
            <ErrorNote error={invite.error} />
          </Box>
        )}
      </Box>
      {invitations.length > 0 && (
        <Box as="ul" listStyleType="none" mt={4}>
          {invitations.map((invitation) => (
            <SentRow key={invitation.id} invitation={invitation} />
          ))}
        </Box>
      )}
    </Part>
  );
}

function SentRow({ invitation }: { invitation: Sent }) {
  const cancel = useCancelTeamInvitation();
  const show = useToasts((state) => state.show);
  const takeBack = () =>
    cancel.mutate(invitation.id, {
      onSuccess: () => show({ tone: "done", text: `${invitation.email} is no longer invited` }),
      onError: (error) => show({ tone: "problem", text: explain(error) }),
    });
  return (
    <Flex as="li" align="center" gap={3} py={1}>
      <Text flex={1} minW={0} color="text.strong" overflowWrap="anywhere">
        {invitation.email}
      </Text>
      <Text fontSize="sm" color="text.muted" flex="none">
        invited {timeAgo(invitation.sent_at)}
      </Text>
      <Button
        size="xs"
        variant="ghost"
        flex="none"
        aria-label={`Take back the invitation of ${invitation.email}`}
        isDisabled={cancel.isPending}
        onClick={takeBack}
      >
        Take back
      </Button>
    </Flex>
  );
}
