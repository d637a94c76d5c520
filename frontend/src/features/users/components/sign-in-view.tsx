import { Box, Button, Flex, FormControl, FormLabel, Heading, Input, Text } from "@chakra-ui/react";
import { useQuery } from "@tanstack/react-query";
import { useState, type SyntheticEvent } from "react";
import { ErrorNote } from "@/components/error-note";
import { Logo } from "@/components/logo";
import { WarmPathArt } from "@/components/warm-path-art";
import { useSession } from "@/lib/session";
import { startSignIn } from "@/features/users/oidc";
import { demoToken, readSignInMethod } from "@/features/users/sign-in";
import { PasswordForm } from "./password-form";

/** The user who has the demo data of the local stack. */
const DEMO = { email: "demo@warmpath.example", name: "Dana Demo" };

/** The sign-in page, by the method of this deployment; the local stack signs anybody in. */
export function SignInView({ returnTo }: { returnTo: string }) {
  const { expired, signIn } = useSession();
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const query = useQuery({
    queryKey: ["sign-in-method"],
    queryFn: readSignInMethod,
    staleTime: Infinity,
  });
  const method = query.data;

  const attempt = (enter: () => Promise<void>) => {
    setBusy(true);
    setError(null);
    enter().catch((problem: unknown) => {
      setError(problem);
      setBusy(false);
    });
  };
  const enterAs = (email: string, name?: string) =>
    attempt(async () => signIn({ token: await demoToken(email, name), renewal: null }));

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
        <Heading as="h1" size="xl" mt={12} fontSize={{ base: "2xl", md: "1.75rem" }}>
          Who can introduce you, and how warm is that path?
        </Heading>
        <Text mt={3} fontSize="lg" color="text.muted">
          Warmpath finds the path from the people you know to the person you want to reach.
        </Text>
        {expired && (
          <Text mt={6} px={4} py={3} bg="info.subtle" color="info.text" borderRadius="lg">
            Your session ended. Sign in and you are back where you were.
          </Text>
        )}
        <Box mt={8} minH="44px">
          {method?.kind === "password" && (
            <PasswordForm config={method.config} onSignedIn={signIn} />
          )}
          {method?.kind === "redirect" && (
            <EnterButton
              busy={busy}
              onClick={() => attempt(() => startSignIn(method.config, returnTo))}
            >
              Sign in
            </EnterButton>
          )}
          {method?.kind === "anybody" && (
            <>
              <EnterButton busy={busy} onClick={() => enterAs(DEMO.email, DEMO.name)}>
                Enter with the demo network
              </EnterButton>
              <SomebodyElse busy={busy} onEnter={enterAs} />
            </>
          )}
        </Box>
        {(error ?? query.error) !== null && (
          <Box mt={5}>
            <ErrorNote error={error ?? query.error} onRetry={() => void query.refetch()} />
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

interface EnterButtonProps {
  busy: boolean;
  onClick: () => void;
  children: string;
}

function EnterButton({ busy, onClick, children }: EnterButtonProps) {
  return (
    <Button variant="accent" size="lg" w="full" isDisabled={busy} onClick={onClick}>
      {children}
    </Button>
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
        <FormLabel>Or start empty, with any address</FormLabel>
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
