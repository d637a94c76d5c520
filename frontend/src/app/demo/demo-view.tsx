import { Box, Button, Flex, Heading, Text } from "@chakra-ui/react";
import {
  ArrowRight,
  Building2,
  CircleCheck,
  Network,
  Search,
  Waypoints,
  type LucideIcon,
} from "lucide-react";
import { useEffect, useRef } from "react";
import { Link as RouterLink, useLocation, useNavigate } from "react-router-dom";
import { ErrorNote } from "@/components/error-note";
import { Skeleton } from "@/components/skeleton";
import { plural } from "@/lib/format";
import { useMailbox } from "@/lib/mailbox";
import { DEMO_TAG, DEMO_TARGET, type DemoNetwork } from "./add-demo-network";
import { useAddDemo } from "./use-add-demo";

/**
 * Add invented contacts with ties and interactions, for a user without contacts; then lists what to
 * try.
 */
export function DemoView() {
  const { mutate, data, error, isPending } = useAddDemo();
  // A link of the app starts it; an address alone, which could come from anywhere, does not.
  const { state } = useLocation() as { state: { start?: boolean } | null };
  const navigate = useNavigate();
  const wanted = state?.start === true;
  const started = useRef(false);

  useEffect(() => {
    if (!wanted || started.current) return;
    started.current = true;
    navigate("/demo", { replace: true });
    mutate();
  }, [mutate, navigate, wanted]);

  return (
    <Box px={{ base: 4, sm: 8 }} py={{ base: 5, sm: 8 }} maxW="46rem">
      <Heading as="h1" size="lg">
        Try it with demo data
      </Heading>
      <Text mt={1} mb={6} color="text.muted">
        Adds invented contacts at invented companies, the ties among them, and some months of
        e-mails and meetings with you. All of them carry the tag {DEMO_TAG}, so that you can find
        them and delete them together.
      </Text>
      {isPending && (
        <Box role="status" aria-label="Adding the demo network">
          <Text color="text.muted">
            Adding contacts, their ties, and their e-mails and meetings with you
          </Text>
          {[0, 1, 2].map((row) => (
            <Skeleton key={row} mt={4} h="14px" />
          ))}
        </Box>
      )}
      {error && <ErrorNote error={error} onRetry={() => mutate()} />}
      {!isPending && !error && !data && (
        <Button variant="accent" onClick={() => mutate()}>
          Add the demo network
        </Button>
      )}
      {data && <ToTry network={data} />}
    </Box>
  );
}

function ToTry({ network }: { network: DemoNetwork }) {
  const mailbox = useMailbox();
  const { name, company } = DEMO_TARGET;
  return (
    <>
      <Flex align="center" gap={3} role="status">
        <Box color="success.text">
          <CircleCheck size={28} aria-hidden />
        </Box>
        <Heading as="h2" size="md">
          {network.known
            ? "You already had the demo network"
            : `Added ${plural(network.people, "contact")} and ${plural(network.ties, "tie")}`}
        </Heading>
      </Flex>
      <Flex as="ul" direction="column" gap={2.5} mt={6} listStyleType="none">
        {network.targetId && (
          <Trial icon={Waypoints} to={`/?to=${network.targetId}`} title={`Reach ${name}`}>
            You do not know her yet. See who can introduce you, and the letter that would be sent.
          </Trial>
        )}
        <Trial icon={Building2} to={`/?company=${company}`} title={`Get into ${company}`}>
          The warmest paths to anybody who works there.
        </Trial>
        <Trial icon={Network} to="/graph" title="See the network">
          All contacts around you, in the colours of their ties.
        </Trial>
        <Trial icon={Search} to="/contacts?q=head+of+desing" title="Find a head of “desing”">
          The search allows for typos.
        </Trial>
      </Flex>
      <Text mt={6} color="text.muted">
        {mailbox ? (
          <>
            A letter that you send to one of them lands in the{" "}
            <Box as="a" href={mailbox} target="_blank" rel="noreferrer" textDecoration="underline">
              mailbox of this machine
            </Box>
            , where you can answer it.
          </>
        ) : (
          "None of these people exists: a letter to them comes back as undeliverable."
        )}
      </Text>
    </>
  );
}

interface TrialProps {
  icon: LucideIcon;
  to: string;
  title: string;
  children: string;
}

function Trial({ icon: Icon, to, title, children }: TrialProps) {
  return (
    <Box as="li">
      <Flex
        as={RouterLink}
        to={to}
        align="center"
        gap={4}
        p={4}
        bg="bg.surface"
        border="1px solid"
        borderColor="line.subtle"
        borderRadius="xl"
        _hover={{ borderColor: "accent.line", boxShadow: "lift" }}
        _focusVisible={{ boxShadow: "outline", outline: "none" }}
      >
        <Box color="accent.text">
          <Icon size={22} aria-hidden />
        </Box>
        <Box flex={1}>
          <Text fontWeight={600} color="text.strong">
            {title}
          </Text>
          <Text color="text.muted">{children}</Text>
        </Box>
        <Box color="text.faint">
          <ArrowRight size={18} aria-hidden />
        </Box>
      </Flex>
    </Box>
  );
}
