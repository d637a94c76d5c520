import { Box, Button, Flex, Heading, Select, SimpleGrid, Switch, Text } from "@chakra-ui/react";
import { useQuery } from "@tanstack/react-query";
import { Network, Upload, UserPlus, Waypoints, type LucideIcon } from "lucide-react";
import { useState, type ReactNode } from "react";
import { Link as RouterLink } from "react-router-dom";
import { DemoButton } from "@/components/demo-button";
import { ErrorNote } from "@/components/error-note";
import { Segmented } from "@/components/segmented";
import { Skeleton } from "@/components/skeleton";
import { findPathOptions, type PathOrder } from "@/features/graph/api/find-path";
import type { FindPeople } from "@/features/graph/find-people";
import { plural } from "@/lib/format";
import { useUrlState } from "@/lib/use-url-state";
import type { Path } from "@/types/api";
import { IntroduceDialog } from "./introduce-dialog";
import { LikelyTies, type Candidate } from "./likely-ties";
import { NoPath } from "./no-path";
import { PathRow } from "./path-row";
import { ReachSearch, type Found } from "./reach-search";
import { OneIntroductionAway } from "./one-introduction-away";
import { Wishes } from "./wishes";

export interface ReachViewProps {
  selfId: string;
  /** Finds contacts while the user types: the search of the contacts area. */
  find: FindPeople;
  /** Returns the name of the contact in the address. */
  target: Found | null;
  canIntroduce: boolean;
  /** Whether the API answers whole networks, not only paths. */
  canDraw: boolean;
  /** The contacts added last, to be asked about while there are no ties; undefined before they are read. */
  newest: readonly Candidate[] | undefined;
  /** Whether the user has colleagues to search through. */
  inTeam: boolean;
  /** The day, shown while nothing is searched for and there are contacts. */
  today?: ReactNode;
  onPerson: (id: string) => void;
}

/** The number of paths besides the best: at first, and after More paths. */
const FEW = 4;
const MANY = 10;

/** The home view: choose a contact to reach and see the paths to it. */
export function ReachView(props: ReachViewProps) {
  const { selfId, find, target, canIntroduce, inTeam, onPerson, newest, today } = props;
  const [params, changeUrl] = useUrlState();
  const [hovered, setHovered] = useState<string | null>(null);
  const [asking, setAsking] = useState<Path | null>(null);
  const to = params.get("to") ?? "";
  const company = params.get("company") ?? "";
  const order = orderOf(params.get("order"));
  const maxHops = Math.min(6, Math.max(1, Number(params.get("hops")) || 4));
  const throughTeam = inTeam && company === "" && params.get("team") === "1";
  const started = to !== "" || company !== "";
  // The paths to the first contact of the list are searched while the user still types.
  useQuery({
    ...findPathOptions({
      target: { to: hovered ?? "" },
      order,
      maxHops,
      alternatives: FEW,
      throughTeam,
    }),
  });

  return (
    <Box maxW="60rem" mx="auto" px={{ base: 4, sm: 8 }} pb={16}>
      <Flex direction="column" align="center" pt={{ base: 8, md: started || today ? 10 : "13vh" }}>
        <Heading as="h1" size={started ? "lg" : "xl"} textAlign="center">
          Who do you want to reach?
        </Heading>
        {!started && (
          <Text mt={2} color="text.muted" fontSize="lg" textAlign="center">
            Type a name, a company, a title, an e-mail or a LinkedIn address. You get the likeliest
            path.
          </Text>
        )}
        <Box w="full" maxW="38rem" mt={started ? 5 : 8}>
          <ReachSearch
            find={find}
            chosen={target?.name ?? company}
            onHover={setHovered}
            onPerson={(id) => changeUrl({ to: id, company: null }, { push: true })}
            onCompany={(name) => changeUrl({ company: name, to: null }, { push: true })}
            onClear={() => changeUrl({ to: null, company: null })}
          />
        </Box>
      </Flex>
      {started ? (
        <Box mt={8}>
          <Flex mb={4} gap={3} wrap="wrap" align="center">
            <Segmented
              label="Which path first"
              value={order}
              options={[
                { value: "likely", label: "Likeliest first" },
                { value: "strongest", label: "Warmest" },
                { value: "shortest", label: "Shortest" },
              ]}
              onChange={(value) => changeUrl({ order: value === "likely" ? null : value })}
            />
            {inTeam && company === "" && (
              <Switch
                isChecked={throughTeam}
                onChange={() => changeUrl({ team: throughTeam ? null : "1" })}
              >
                Through my team
              </Switch>
            )}
            <Select
              size="sm"
              w="auto"
              ml="auto"
              aria-label="Longest path"
              value={maxHops}
              onChange={(event) =>
                changeUrl({ hops: event.target.value === "4" ? null : event.target.value })
              }
            >
              {[2, 3, 4, 5, 6].map((hops) => (
                <option key={hops} value={hops}>
                  Up to {hops} hops
                </option>
              ))}
            </Select>
          </Flex>
          <PathList
            {...{ to, company, order, maxHops, throughTeam, selfId, target, onPerson }}
            canDraw={props.canDraw}
            onAsk={canIntroduce ? setAsking : undefined}
          />
        </Box>
      ) : (
        <>
          {newest && newest.length > 0 && today}
          {props.canDraw && (
            <OneIntroductionAway
              selfId={selfId}
              onChoose={(id) => changeUrl({ to: id, company: null }, { push: true })}
              alone={newest?.length === 0 ? <Beginning /> : null}
            />
          )}
          <Wishes
            onPerson={(id) => changeUrl({ to: id, company: null }, { push: true })}
            onCompany={(name) => changeUrl({ company: name, to: null }, { push: true })}
          />
          {newest && newest.length > 0 && <LikelyTies selfId={selfId} newest={newest} />}
          {newest && newest.length > 0 && <FirstSteps />}
        </>
      )}
      {asking && <IntroduceDialog path={asking} onClose={() => setAsking(null)} />}
    </Box>
  );
}

function orderOf(word: string | null): PathOrder {
  return word === "strongest" || word === "shortest" ? word : "likely";
}

interface PathListProps {
  to: string;
  /** The company to reach, when the target is not a single contact. */
  company: string;
  order: PathOrder;
  maxHops: number;
  throughTeam: boolean;
  selfId: string;
  target: Found | null;
  onPerson: (id: string) => void;
  canDraw: boolean;
  onAsk: ((path: Path) => void) | undefined;
}

function PathList(props: PathListProps) {
  const { to, company, order, maxHops, throughTeam, selfId, target, onPerson, onAsk } = props;
  const [alternatives, setAlternatives] = useState(FEW);
  const whom = to ? { to } : { to_company: company };
  const query = useQuery(
    findPathOptions({ target: whom, order, maxHops, alternatives, throughTeam }),
  );
  const name = target?.name ?? "this contact";

  if (query.error) return <ErrorNote error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <PathBones />;
  if (to === selfId) return <Text color="text.muted">That is you.</Text>;
  if (query.data.length === 0) {
    if (to) return <NoPath {...{ to, name, maxHops, selfId, onPerson }} />;
    return (
      <Text color="text.muted">
        No path into {company} within {plural(maxHops, "hop")}. A longer path, or more contacts, may
        open one.
      </Text>
    );
  }
  return (
    <>
      <Flex as="ol" direction="column" gap={3} aria-busy={query.isPlaceholderData}>
        {query.data.map((path, at) => (
          <PathRow
            key={path.contacts.map(({ id }) => id).join()}
            best={at === 0}
            {...{ path, selfId, onPerson, onAsk }}
          />
        ))}
      </Flex>
      <Flex mt={4} align="center" gap={2} wrap="wrap">
        <Text color="text.muted" fontSize="sm" mr="auto">
          {plural(query.data.length, "path")} of at most {plural(maxHops, "hop")}
        </Text>
        {alternatives === FEW && query.data.length > FEW && (
          <Button size="sm" variant="ghost" onClick={() => setAlternatives(MANY)}>
            More paths
          </Button>
        )}
        {to && props.canDraw && query.data.some(({ colleague }) => !colleague) && (
          <Button
            as={RouterLink}
            to={`/graph?path=${to}`}
            size="sm"
            variant="ghost"
            leftIcon={<Network size={15} />}
          >
            See it in the graph
          </Button>
        )}
      </Flex>
    </>
  );
}

function PathBones() {
  return (
    <Flex direction="column" gap={3} role="status" aria-label="Looking for paths">
      {[0, 1].map((row) => (
        <Box
          key={row}
          bg="bg.surface"
          border="1px solid"
          borderColor="line.subtle"
          borderRadius="xl"
          px={{ base: 4, md: 7 }}
          py={6}
        >
          <Flex align="center" gap={5}>
            {[0, 1, 2].map((face) => (
              <Flex key={face} align="center" gap={5} flex={face === 0 ? "none" : 1}>
                {face > 0 && <Skeleton flex={1} h="5px" />}
                <Skeleton boxSize="44px" borderRadius="full" />
              </Flex>
            ))}
            <Skeleton w="52px" h="22px" ml={6} />
          </Flex>
          <Skeleton mt={8} w="48%" />
        </Box>
      ))}
    </Flex>
  );
}

/** The ways in for a user without contacts, each with what it gives. */
function Beginning() {
  return (
    <SimpleGrid mt={{ base: 10, md: 14 }} columns={{ base: 1, md: 3 }} spacing={3}>
      <Beginner
        icon={Upload}
        title="Bring the people you know"
        action={
          <Button as={RouterLink} to="/import" variant="accent" size="sm">
            Import contacts
          </Button>
        }
      >
        LinkedIn, Google, Outlook, Apple or any spreadsheet. LinkedIn’s file gives ties as well, so
        the first paths are there at once.
      </Beginner>
      <Beginner
        icon={UserPlus}
        title="Begin with one"
        action={
          <Button as={RouterLink} to="/contacts?add=contact" size="sm">
            Add a contact
          </Button>
        }
      >
        Add somebody you want to reach and somebody who knows them. Two ties make the first path.
      </Beginner>
      <Beginner icon={Waypoints} title="Look around first" action={<DemoButton size="sm" />}>
        A network of invented people with ties, paths and a past. One tag finds all of it, to delete
        it together.
      </Beginner>
    </SimpleGrid>
  );
}

interface BeginnerProps {
  icon: LucideIcon;
  title: string;
  action: ReactNode;
  children: ReactNode;
}

function Beginner({ icon: Icon, title, action, children }: BeginnerProps) {
  return (
    <Flex
      direction="column"
      align="flex-start"
      p={5}
      bg="bg.surface"
      border="1px solid"
      borderColor="line.subtle"
      borderRadius="xl"
    >
      <Box color="accent.text">
        <Icon size={22} strokeWidth={1.75} aria-hidden />
      </Box>
      <Heading as="h2" size="sm" mt={3}>
        {title}
      </Heading>
      <Text mt={1.5} mb={4} color="text.muted" flex={1}>
        {children}
      </Text>
      {action}
    </Flex>
  );
}

function FirstSteps() {
  return (
    <Flex mt={10} gap={2} justify="center" wrap="wrap">
      <Button as={RouterLink} to="/contacts" size="sm" variant="ghost">
        Browse your contacts
      </Button>
      <Button
        as={RouterLink}
        to="/import"
        size="sm"
        variant="ghost"
        leftIcon={<Upload size={15} />}
      >
        Import contacts
      </Button>
    </Flex>
  );
}
