import { Box, Button, Flex, Heading, Text } from "@chakra-ui/react";
import { useQuery } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { ErrorNote } from "@/components/error-note";
import { Part } from "@/components/part";
import { useToasts } from "@/components/toast-store";
import { useDeleteGrant } from "@/features/access/api/delete-grant";
import { useDeleteToken } from "@/features/access/api/delete-token";
import { listGrantsOptions } from "@/features/access/api/list-grants";
import { listProgramCallsOptions } from "@/features/access/api/list-program-calls";
import { listTokensOptions } from "@/features/access/api/list-tokens";
import { scopesLine } from "@/features/access/scopes";
import { explain } from "@/lib/api-error";
import { HowTo } from "./how-to";
import { NewToken } from "./new-token";

/** The programs of the user: those let in, personal tokens, webhooks, and how to connect more. */
export function ProgramsView({ webhooks }: { webhooks: ReactNode }) {
  const grants = useQuery(listGrantsOptions);
  const tokens = useQuery(listTokensOptions);
  const endGrant = useDeleteGrant();
  const endToken = useDeleteToken();
  return (
    <Box px={{ base: 4, sm: 8 }} py={{ base: 5, sm: 7 }} maxW="46rem">
      <Heading as="h1" size="lg" mb={2}>
        Programs
      </Heading>
      <Part title="Let in" hint="Assistants and other programs that may use Warmpath for you.">
        {grants.error && <ErrorNote error={grants.error} />}
        {grants.data?.items.length === 0 && <Text>None yet.</Text>}
        {grants.data?.items.map((grant) => (
          <Program
            key={grant.id}
            id={grant.id}
            name={`“${grant.name}”`}
            about={`${grant.host}. ${scopesLine(grant.scopes)}`}
            lastUsedAt={grant.last_used_at}
            end="End access"
            onEnd={endGrant.mutateAsync}
          />
        ))}
      </Part>
      <Part
        title="Personal tokens"
        hint="For programs that take a token, such as n8n, scripts and the command line."
      >
        {tokens.error && <ErrorNote error={tokens.error} />}
        {tokens.data?.items.map((token) => (
          <Program
            key={token.id}
            id={token.id}
            name={token.name}
            about={`…${token.ending}. ${scopesLine(token.scopes)}. Until ${day(token.expires_at)}`}
            lastUsedAt={token.last_used_at}
            end="Revoke"
            onEnd={endToken.mutateAsync}
          />
        ))}
        <NewToken />
      </Part>
      {webhooks}
      <Part title="Connect a program" hint="Choose what you use.">
        <HowTo />
      </Part>
    </Box>
  );
}

interface ProgramProps {
  id: string;
  name: string;
  about: string;
  lastUsedAt: string | null;
  /** The label of the button that ends the access. */
  end: string;
  onEnd: (id: string) => Promise<unknown>;
}

function Program({ id, name, about, lastUsedAt, end, onEnd }: ProgramProps) {
  const [shown, setShown] = useState(false);
  const show = useToasts((state) => state.show);
  const remove = () =>
    void onEnd(id).then(
      () => show({ tone: "done", text: `${name} has no access any more` }),
      (error: unknown) => show({ tone: "problem", text: explain(error) }),
    );
  return (
    <Box py={2.5} borderBottom="1px solid" borderColor="line.subtle">
      <Flex gap={3} align="center" wrap="wrap">
        <Box flex="1 1 14rem" minW={0}>
          <Text fontWeight="semibold" overflowWrap="anywhere">
            {name}
          </Text>
          <Text fontSize="sm" color="text.muted" overflowWrap="anywhere">
            {about}. {lastUsedAt ? `Last used ${day(lastUsedAt)}` : "Not used yet"}.
          </Text>
        </Box>
        <Button size="sm" aria-expanded={shown} onClick={() => setShown(!shown)}>
          Activity
        </Button>
        <Button size="sm" onClick={remove}>
          {end}
        </Button>
      </Flex>
      {shown && <Calls program={id} />}
    </Box>
  );
}

function Calls({ program }: { program: string }) {
  const query = useQuery(listProgramCallsOptions(program));
  if (query.error) return <ErrorNote error={query.error} />;
  if (query.data?.items.length === 0) return <Text mt={2}>Nothing in the last 90 days.</Text>;
  return (
    <Box as="ol" listStyleType="none" mt={2} fontSize="sm">
      {query.data?.items.map((call) => (
        <Flex as="li" key={`${call.act}${call.target ?? ""}${call.first_at}`} gap={3} wrap="wrap">
          <Text minW="10rem">{new Date(call.last_at).toLocaleString()}</Text>
          <Text fontFamily="mono">{call.act}</Text>
          <Text color="text.muted">
            {call.times > 1 ? `${call.times} times` : "once"}
            {call.succeeded ? "" : ", refused"}
          </Text>
        </Flex>
      ))}
    </Box>
  );
}

function day(at: string): string {
  return new Date(at).toLocaleDateString();
}
