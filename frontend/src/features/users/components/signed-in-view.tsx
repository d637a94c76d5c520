import { Box, Button } from "@chakra-ui/react";
import { useEffect, useRef, useState } from "react";
import { useNavigate } from "react-router-dom";
import { ErrorNote } from "@/components/error-note";
import { finishSignIn } from "@/features/users/oidc";
import { readSignInMethod } from "@/features/users/sign-in";
import { useSession } from "@/lib/session";

/** The page to which the identity provider returns: it turns the code into a session, once. */
export function SignedInView() {
  const navigate = useNavigate();
  const { signIn } = useSession();
  const [error, setError] = useState<unknown>(null);
  const started = useRef(false);

  useEffect(() => {
    if (started.current) return; // a code works once; effects may run twice
    started.current = true;
    const finish = async () => {
      const method = await readSignInMethod();
      if (method.kind !== "redirect") throw new Error("no identity provider is configured");
      const answer = new URLSearchParams(location.search);
      const { returnTo, ...credentials } = await finishSignIn(method.config, answer);
      signIn(credentials);
      navigate(returnTo, { replace: true });
    };
    finish().catch(setError);
  }, [navigate, signIn]);

  return (
    <Box as="main" maxW="30rem" mx="auto" p={10}>
      {error !== null && (
        <>
          <ErrorNote error={error} />
          <Button mt={4} onClick={() => navigate("/", { replace: true })}>
            Back to sign-in
          </Button>
        </>
      )}
    </Box>
  );
}
