import { Box, Heading, Text } from "@chakra-ui/react";
import { useEffect, useRef } from "react";
import { useNavigate } from "react-router-dom";
import { ErrorNote } from "@/components/error-note";
import { useToasts } from "@/components/toast-store";
import { useAcceptInvitation } from "@/features/viral/api/accept-invitation";

/** Where an invitation's link leads once one is signed in: joins, and goes on to the app. */
export function JoinView({ code }: { code: string }) {
  const navigate = useNavigate();
  const show = useToasts((state) => state.show);
  const { mutate, error } = useAcceptInvitation();
  const asked = useRef(false);

  useEffect(() => {
    if (asked.current) return; // a code counts once; effects may run twice
    asked.current = true;
    mutate(code, {
      onSuccess: () => {
        show({ tone: "done", text: "Welcome. Whoever invited you will be glad." });
        navigate("/", { replace: true });
      },
    });
  }, [code, mutate, navigate, show]);

  return (
    <Box p={8} maxW="36rem" mx="auto">
      <Heading as="h1" size="md" mb={4}>
        Joining
      </Heading>
      {error ? <ErrorNote error={error} /> : <Text color="text.muted">One moment.</Text>}
    </Box>
  );
}
