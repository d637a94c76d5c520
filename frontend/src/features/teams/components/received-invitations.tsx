import { Box, Button, Flex, Text } from "@chakra-ui/react";
import { useToasts } from "@/components/toast-store";
import { useAcceptTeamInvitation } from "@/features/teams/api/accept-team-invitation";
import { useIgnoredInvitations } from "@/features/teams/stores/ignored-invitations-store";
import { explain } from "@/lib/api-error";
import { plural, timeAgo } from "@/lib/format";
import type { TeamStatus } from "@/types/api";

type Received = TeamStatus["invitations"][number];

interface ReceivedInvitationsProps {
  invitations: readonly Received[];
  inTeam: boolean;
}

/** The invitations to the user; ignored ones stay hidden. */
export function ReceivedInvitations({ invitations, inTeam }: ReceivedInvitationsProps) {
  const { ignored, reset } = useIgnoredInvitations();
  const shown = invitations.filter(({ id }) => !ignored.includes(id));
  const hidden = invitations.length - shown.length;
  return (
    <Box as="section" aria-label="Invitations to you">
      {shown.map((invitation) => (
        <ReceivedCard key={invitation.id} invitation={invitation} inTeam={inTeam} />
      ))}
      {hidden > 0 && (
        <Button mt={2} size="sm" variant="ghost" onClick={reset}>
          Show {plural(hidden, "ignored invitation")}
        </Button>
      )}
    </Box>
  );
}

function ReceivedCard({ invitation, inTeam }: { invitation: Received; inTeam: boolean }) {
  const accept = useAcceptTeamInvitation();
  const ignore = useIgnoredInvitations((state) => state.ignore);
  const show = useToasts((state) => state.show);
  const join = () =>
    accept.mutate(invitation.id, {
      onSuccess: () => show({ tone: "done", text: `You are in the team ${invitation.team}` }),
      onError: (error) => show({ tone: "problem", text: explain(error) }),
    });
  return (
    <Flex
      mt={4}
      p={5}
      gap={3}
      align="center"
      wrap="wrap"
      bg="bg.surface"
      border="1px solid"
      borderColor="accent.line"
      borderRadius="xl"
    >
      <Box flex="1 1 14rem" minW={0}>
        <Text color="text.strong" fontWeight={600} overflowWrap="anywhere">
          {invitation.inviter} invites you to {invitation.team}
        </Text>
        <Text fontSize="sm" color="text.muted">
          Invited {timeAgo(invitation.sent_at)}.{" "}
          {inTeam
            ? "Leave your team first to accept."
            : "Joining shares nothing; you decide later whether to share your ties."}
        </Text>
      </Box>
      <Flex gap={2}>
        <Button variant="accent" isDisabled={inTeam || accept.isPending} onClick={join}>
          Accept
        </Button>
        <Button variant="ghost" onClick={() => ignore(invitation.id)}>
          Ignore
        </Button>
      </Flex>
    </Flex>
  );
}
