import { Box, Button, Flex, FormControl, FormLabel, Heading, Input, Text } from "@chakra-ui/react";
import { useQuery } from "@tanstack/react-query";
import { UsersRound } from "lucide-react";
import { useState, type SyntheticEvent } from "react";
import { EmptyState } from "@/components/empty-state";
import { ErrorNote } from "@/components/error-note";
import { Skeleton } from "@/components/skeleton";
import { useCreateTeam } from "@/features/teams/api/create-team";
import { getTeamOptions } from "@/features/teams/api/get-team";
import { plural } from "@/lib/format";
import type { Team } from "@/types/api";
import { InvitePart } from "./invite-part";
import { LeavePart } from "./leave-part";
import { MemberList } from "./member-list";
import { ReceivedInvitations } from "./received-invitations";
import { SharePart } from "./share-part";
import { Part } from "@/components/part";

/** The team: its members, the user's sharing, and the open invitations. */
export function TeamView() {
  const { data, error, isPending, refetch } = useQuery(getTeamOptions);
  return (
    <Box px={{ base: 4, sm: 8 }} py={{ base: 5, sm: 7 }} maxW="46rem">
      <Heading as="h1" size="lg" mb={2} overflowWrap="anywhere">
        {data?.team?.name ?? "Team"}
      </Heading>
      {error && <ErrorNote error={error} onRetry={() => void refetch()} />}
      {isPending && <TeamBones />}
      {data && (
        <>
          <ReceivedInvitations invitations={data.invitations} inTeam={data.team !== null} />
          {data.team ? <Parts team={data.team} /> : <NoTeam />}
        </>
      )}
    </Box>
  );
}

function Parts({ team }: { team: Team }) {
  return (
    <>
      <SharePart team={team} />
      <Part title="Members" hint={plural(team.members.length, "person", "people")}>
        <MemberList members={team.members} />
      </Part>
      <InvitePart invitations={team.invitations} />
      <LeavePart name={team.name} />
    </>
  );
}

function NoTeam() {
  const [name, setName] = useState("");
  const create = useCreateTeam();
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    create.mutate(name.trim());
  };
  return (
    <>
      <EmptyState icon={UsersRound} title="You are not in a team">
        Colleagues know people that you do not. In a team you find paths to them, and ask the
        colleague first. Nothing of yours is shared until you turn sharing on.
      </EmptyState>
      <Box as="form" onSubmit={submit} maxW="26rem" mx="auto">
        <FormControl>
          <FormLabel>Name of a new team</FormLabel>
          <Flex gap={2}>
            <Input
              value={name}
              maxLength={200}
              autoComplete="organization"
              onChange={(event) => setName(event.target.value)}
            />
            <Button
              type="submit"
              variant="accent"
              flex="none"
              isDisabled={!name.trim() || create.isPending}
            >
              Create the team
            </Button>
          </Flex>
        </FormControl>
        {create.error && (
          <Box mt={3}>
            <ErrorNote error={create.error} />
          </Box>
        )}
        <Text mt={3} fontSize="sm" color="text.muted">
          To join one instead, ask a colleague to invite the address that you sign in with.
        </Text>
      </Box>
    </>
  );
}

function TeamBones() {
  return (
    <Box role="status" aria-label="Loading" pt={6}>
      <Skeleton w="30%" h="16px" />
      <Skeleton w="75%" mt={3} mb={10} />
      {[48, 60].map((width) => (
        <Flex key={width} align="center" gap={3} py={2}>
          <Skeleton boxSize="34px" borderRadius="full" />
          <Skeleton w={`${width}%`} />
        </Flex>
      ))}
    </Box>
  );
}
