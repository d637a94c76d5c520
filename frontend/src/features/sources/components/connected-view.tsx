import { Box, Button, Heading } from "@chakra-ui/react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { Link, useNavigate, useSearchParams } from "react-router-dom";
import { ErrorNote } from "@/components/error-note";
import { Skeleton } from "@/components/skeleton";
import { useToasts } from "@/components/toast-store";
import { finishSignIn } from "@/features/sources/api/accounts";
import { refreshAfterSources } from "@/features/sources/api/sources";

/** The page to which a provider sends the user back: it finishes the sign-in, once, and shows the sources. */
export function ConnectedView() {
  const [sent] = useSearchParams();
  const client = useQueryClient();
  const navigate = useNavigate();
  // A code can be used once: neither a second rendering nor a return to the page sends it again.
  const { data, error } = useQuery({
    queryKey: ["sign-in", sent.get("state")],
    queryFn: () => finishSignIn(sent),
    retry: false,
    staleTime: Infinity,
    gcTime: Infinity,
  });
  useEffect(() => {
    if (!data) return;
    useToasts.getState().show({ tone: "done", text: `${data.name} is connected` });
    navigate("/sources", { replace: true });
    void refreshAfterSources(client);
  }, [data, client, navigate]);
  return (
    <Box px={{ base: 4, sm: 8 }} py={{ base: 5, sm: 8 }} maxW="44rem">
      <Heading as="h1" size="lg" mb={6}>
        Connecting the account
      </Heading>
      {error ? <ErrorNote error={error} /> : <Skeleton h="60px" />}
      {error && (
        <Button as={Link} to="/sources" mt={4}>
          Back to Sources
        </Button>
      )}
    </Box>
  );
}
