import { Box, Button, Flex, Heading, Text } from "@chakra-ui/react";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { ErrorNote } from "@/components/error-note";
import { Logo } from "@/components/logo";
import { Skeleton } from "@/components/skeleton";
import { useAcceptInvitation } from "@/features/viral/api/accept-invitation";
import { getInvitationOptions } from "@/features/viral/api/get-invitation";
import { useOpenInvitation } from "@/features/viral/api/open-invitation";
import { firstName } from "@/lib/format";

interface JoinViewProps {
  code: string;
  /** A user is signed in and has agreed: joining is the last step. */
  joining: boolean;
  onJoin: () => void;
  onJoined: (inviter: string) => void;
}

/** The page of an invitation's link: the inviting user, and one button. */
export function JoinView({ code, joining, onJoin, onJoined }: JoinViewProps) {
  const { data, error } = useQuery(getInvitationOptions(code));
  const accept = useAcceptInvitation();
  const open = useOpenInvitation();
  const done = useRef({ opened: false, joined: false }); // each counts once; effects may run twice

  useEffect(() => {
    if (done.current.opened) return;
    done.current.opened = true;
    open.mutate(code);
  }, [code, open]);
  useEffect(() => {
    if (!joining || done.current.joined) return;
    done.current.joined = true;
    accept.mutate(code, { onSuccess: ({ inviter }) => onJoined(inviter) });
  }, [joining, code, accept, onJoined]);

  return (
    <Flex as="main" minH="100dvh" justify="center" px={5} py={{ base: 8, md: 20 }}>
      <Box w="full" maxW="32rem">
        <Logo />
        <Box
          mt={8}
          p={{ base: 5, md: 8 }}
          bg="bg.surface"
          border="1px solid"
          borderColor="line.subtle"
          borderRadius="2xl"
          boxShadow="lift"
        >
          {error || accept.error ? (
            <ErrorNote error={accept.error ?? error} />
          ) : data ? (
            <>
              <Heading as="h1" size="lg">
                {data.inviter} invites you
              </Heading>
              <Text mt={3} color="text.muted">
                Warmpath finds who can introduce you to the person you want to reach, and how warm
                that path is.
              </Text>
              {data.message && (
                <Text mt={4} p={4} bg="bg.sunken" borderRadius="lg" whiteSpace="pre-wrap">
                  {data.message}
                </Text>
              )}
              <Button mt={6} size="lg" variant="accent" isDisabled={joining} onClick={onJoin}>
                Join {firstName(data.inviter)}
              </Button>
            </>
          ) : (
            <Skeleton h="130px" />
          )}
        </Box>
      </Box>
    </Flex>
  );
}
