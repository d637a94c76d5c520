import { Box, Button, Flex, FormControl, FormLabel, Heading, Input, Text } from "@chakra-ui/react";
import { useQuery } from "@tanstack/react-query";
import { useState, type SyntheticEvent } from "react";
import { useSearchParams } from "react-router-dom";
import { ErrorNote } from "@/components/error-note";
import { Skeleton } from "@/components/skeleton";
import { useApproveRequest } from "@/features/access/api/approve-request";
import { describeRequestOptions } from "@/features/access/api/describe-request";
import type { Scope } from "@/features/access/scopes";
import { ScopeRows } from "./scope-rows";

/** The page on which a user lets a program in, or says no. */
export function ConnectView() {
  const [search, setSearch] = useSearchParams();
  const asked = Object.fromEntries(search);
  const isEmpty = !asked.client_id && !asked.user_code;
  return (
    <Box px={{ base: 4, sm: 8 }} py={{ base: 5, sm: 10 }} maxW="34rem" mx="auto">
      {isEmpty ? (
        <CodeForm onCode={(code) => setSearch({ user_code: code })} />
      ) : (
        <Request asked={asked} />
      )}
    </Box>
  );
}

function CodeForm({ onCode }: { onCode: (code: string) => void }) {
  const [code, setCode] = useState("");
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (code.trim()) onCode(code.trim());
  };
  return (
    <form onSubmit={submit}>
      <Heading as="h1" size="lg" mb={4}>
        Let a program in
      </Heading>
      <FormControl>
        <FormLabel>The code that the program shows</FormLabel>
        <Flex gap={2}>
          <Input
            value={code}
            autoFocus
            autoComplete="off"
            autoCapitalize="characters"
            placeholder="BCDF-GHJK"
            fontFamily="mono"
            onChange={(event) => setCode(event.target.value)}
          />
          <Button type="submit" variant="accent" isDisabled={!code.trim()}>
            Continue
          </Button>
        </Flex>
      </FormControl>
    </form>
  );
}

function Request({ asked }: { asked: Record<string, string> }) {
  const query = useQuery(describeRequestOptions(asked));
  const approve = useApproveRequest();
  const [chosen, setChosen] = useState<Scope[] | null>(null);
  const [done, setDone] = useState<"yes" | "no" | null>(null);
  if (query.isPending) return <Skeleton h="220px" borderRadius="xl" />;
  if (query.error) {
    return (
      <>
        <Heading as="h1" size="lg" mb={4}>
          This request cannot be answered
        </Heading>
        <ErrorNote error={query.error} />
      </>
    );
  }
  const request = query.data;
  // Sending e-mail in the user's name is never on unless the user turns it on.
  const granted = chosen ?? request.scopes.filter((scope) => scope !== "introduce");
  const answerWith = (scopes: Scope[]) =>
    approve.mutate(
      { asked, granted: scopes },
      {
        onSuccess: ({ redirect_to }) => {
          if (redirect_to) window.location.assign(redirect_to);
          else setDone(scopes.length > 0 ? "yes" : "no");
        },
      },
    );
  if (done) {
    return (
      <Heading as="h1" size="lg" role="status">
        {done === "yes" ? "The program is let in. Go back to it." : "The program was not let in."}
      </Heading>
    );
  }
  return (
    <>
      <Heading as="h1" size="lg" mb={2}>
        Let this program in?
      </Heading>
      <Text mb={4}>
        A program calls itself <b>“{request.client.name}”</b>
        {request.client.host
          ? `, described at ${request.client.host}`
          : ", which nobody vouches for"}
        . It asks to use {request.resource === "mcp" ? "Warmpath as an assistant" : "the API"} for
        you.
      </Text>
      <Text mb={4} color="text.muted">
        {request.device
          ? "Go on only if you started it yourself, and it shows the same code."
          : request.on_this_machine
            ? "It returns to a program on this machine. Go on only if you started it yourself."
            : `It returns to ${request.returns_to ?? ""}.`}
      </Text>
      <ScopeRows offered={request.scopes} granted={granted} onChange={setChosen} />
      {approve.error && (
        <Box mt={4}>
          <ErrorNote error={approve.error} />
        </Box>
      )}
      <Flex gap={2} mt={6}>
        <Button
          variant="accent"
          isDisabled={granted.length === 0 || approve.isPending}
          onClick={() => answerWith(granted)}
        >
          Let it in
        </Button>
        <Button isDisabled={approve.isPending} onClick={() => answerWith([])}>
          No
        </Button>
      </Flex>
      <Text mt={6} fontSize="sm" color="text.muted">
        You can end its access at any time under Settings, Programs.
      </Text>
    </>
  );
}
