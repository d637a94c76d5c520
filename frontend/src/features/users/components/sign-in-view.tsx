import { Box, Button, Flex, FormControl, FormLabel, Heading, Input, Text } from "@chakra-ui/react";
import { useQuery } from "@tanstack/react-query";
import { useState, type SyntheticEvent } from "react";
import { ErrorNote } from "@/components/error-note";
import { Logo } from "@/components/logo";
import { WarmPathArt } from "@/components/warm-path-art";
import { useSession } from "@/lib/session";
import { demoToken, readSignInConfig, startSignIn } from "@/features/users/sign-in";

/** Whom the local stack's demo network belongs to. */
const DEMO = { email: "demo@warmpath.example", name: "Dana Demo" };

/** The door: one button, and in the local stack a way in for anybody. */
export function SignInView({ returnTo }: { returnTo: string }) {
  const { expired, signIn } = useSession();
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const config = useQuery({
    queryKey: ["sign-in-config"],
    queryFn: readSignInConfig,
    staleTime: Infinity,
  });
  const oidc = config.data?.oidc ?? null;

  const enter = async (email: string, name?: string) => {
    setBusy(true);
    setError(null);
    try {
      if (oidc) await startSignIn(oidc, returnTo);
      else signIn(await demoToken(email, name));
    } catch (problem) {
      setError(problem);
      setBusy(false);
    }
  };

  return (
    <Flex minH="100dvh" direction={{ base: "column", lg: "row" }}>
      <Flex
        as="main"
        flex={{ base: "1", lg: "0 0 31rem" }}
        direction="column"
        justify="center"
        px={{ base: 6, md: 14 }}
        py={10}
        bg="bg.surface"
      >
        <Logo />
        <Heading as="h1" size="xl" mt={12}>
          Who can introduce you, and how warm is that path?
        </Heading>
        <Text mt={3} fontSize="lg" color="text.muted">
          Warmpath knows the people you know, and the way from them to the one you want to reach.
        </Text>
        {expired && (
          <Text mt={6} px={4} py={3} bg="info.subtle" color="info.text" borderRadius="lg">
            Your session ended. Sign in and you are back where you were.
          </Text>
        )}
        <Box mt={8}>
          <Button
            variant="accent"
            size="lg"
            w="full"
            isDisabled={busy || config.isPending}
            onClick={() => void enter(DEMO.email, DEMO.name)}
          >
            {oidc ? "Sign in" : "Enter with the demo network"}
          </Button>
          {config.data && !oidc && (
            <SomebodyElse busy={busy} onEnter={(email) => void enter(email)} />
          )}
        </Box>
        {(error ?? config.error) !== null && (
          <Box mt={5}>
            <ErrorNote error={error ?? config.error} onRetry={() => void config.refetch()} />
          </Box>
        )}
      </Flex>
      <Flex
        flex={1}
        display={{ base: "none", lg: "flex" }}
        align="center"
        justify="center"
        bg="bg.canvas"
        borderLeft="1px solid"
        borderColor="line.subtle"
        overflow="hidden"
      >
        <WarmPathArt />
      </Flex>
    </Flex>
  );
}

function SomebodyElse({ busy, onEnter }: { busy: boolean; onEnter: (email: string) => void }) {
  const [email, setEmail] = useState("");
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    onEnter(email.trim());
  };
  return (
    <Box as="form" mt={8} pt={6} borderTop="1px solid" borderColor="line.subtle" onSubmit={submit}>
      <FormControl>
        <FormLabel>Or start empty, as anybody</FormLabel>
        <Flex gap={2}>
          <Input
            type="email"
            required
            autoComplete="email"
            placeholder="you@example.com"
            value={email}
            onChange={(event) => setEmail(event.target.value)}
          />
          <Button type="submit" isDisabled={busy}>
            Enter
          </Button>
        </Flex>
        <Text mt={2} fontSize="sm" color="text.muted">
          This is a local stack: no password, nothing leaves this machine.
        </Text>
      </FormControl>
    </Box>
  );
}
