import { Box, Button, Flex, Text } from "@chakra-ui/react";
import { useState } from "react";
import { Avatar } from "@/components/avatar";
import { useToasts } from "@/components/toast-store";
import { usePassTeamOn } from "@/features/teams/api/pass-team-on";
import { useRemoveTeamMember } from "@/features/teams/api/remove-team-member";
import { explain } from "@/lib/api-error";
import { displayName, firstName } from "@/lib/format";
import type { Team } from "@/types/api";

type Member = Team["members"][number];

/** The members of the team. Who is in charge may remove others and pass the team on. */
export function MemberList({ members }: { members: readonly Member[] }) {
  const isMine = members.some((member) => member.is_me && member.role !== "member");
  return (
    <Box as="ul" listStyleType="none">
      {members.map((member) => (
        <MemberRow key={member.id} member={member} mayRemove={isMine && !member.is_me} />
      ))}
    </Box>
  );
}

function MemberRow({ member, mayRemove }: { member: Member; mayRemove: boolean }) {
  const [sure, setSure] = useState<"remove" | "pass on" | null>(null);
  const remove = useRemoveTeamMember();
  const passOn = usePassTeamOn();
  const show = useToasts((state) => state.show);
  const name = displayName(member);
  const removeThis = () =>
    remove.mutate(member.id, {
      onSuccess: () => show({ tone: "done", text: `${name} is no longer in the team` }),
      onError: (error) => show({ tone: "problem", text: explain(error) }),
    });
  const passItOn = () =>
    passOn.mutate(member.id, {
      onSuccess: () => show({ tone: "done", text: `${name} is in charge of the team now` }),
      onError: (error) => show({ tone: "problem", text: explain(error) }),
    });
  return (
    <Flex as="li" align="center" gap={3} py={2} wrap="wrap">
      <Avatar name={name} size={34} self={member.is_me} />
      <Box flex={1} minW="9rem">
        <Text color="text.strong" fontWeight={550} noOfLines={1}>
          {name}
          {member.is_me && " (you)"}
          {member.role !== "member" && (
            <Text as="span" ml={2} fontSize="sm" fontWeight={400} color="text.muted">
              In charge
            </Text>
          )}
        </Text>
        {member.email !== name && (
          <Text fontSize="sm" color="text.muted" overflowWrap="anywhere">
            {member.email}
          </Text>
        )}
      </Box>
      <Text fontSize="sm" color={member.shares_ties ? "accent.text" : "text.muted"}>
        {member.shares_ties ? "Shares ties" : "Does not share ties"}
      </Text>
      {mayRemove && !sure && (
        <>
          <Button
            size="xs"
            variant="ghost"
            aria-label={`Pass the team to ${name}`}
            onClick={() => setSure("pass on")}
          >
            Pass on
          </Button>
          <Button
            size="xs"
            variant="ghost"
            aria-label={`Remove ${name}`}
            onClick={() => setSure("remove")}
          >
            Remove
          </Button>
        </>
      )}
      {mayRemove && sure && (
        <>
          <Button
            autoFocus
            size="xs"
            variant="danger"
            isDisabled={remove.isPending || passOn.isPending}
            onClick={sure === "remove" ? removeThis : passItOn}
          >
            {sure === "remove" ? "Remove" : "Pass the team to"} {firstName(name)}
          </Button>
          <Button size="xs" variant="ghost" onClick={() => setSure(null)}>
            Cancel
          </Button>
        </>
      )}
    </Flex>
  );
}
