import {
  Box,
  Button,
  Flex,
  FormControl,
  FormLabel,
  Heading,
  Input,
  Switch,
} from "@chakra-ui/react";
import { type ReactNode, useState } from "react";
import { Link as RouterLink } from "react-router-dom";
import { Part } from "@/components/part";
import { useToasts } from "@/components/toast-store";
import { useUpdateMe } from "@/features/users/api/update-me";
import { explain } from "@/lib/api-error";
import { useMailbox } from "@/lib/mailbox";
import { useSession } from "@/lib/session";
import type { Me } from "@/types/api";
import { EraseEverything } from "./erase-everything";

interface SettingsViewProps {
  me: Me;
  /** Whether there is a leaderboard to be shown on. */
  hasLeaderboard: boolean;
  /** Whether there are teams; on a phone the settings link to the team. */
  hasTeams: boolean;
  /** Whether other programs can be let in. */
  hasPrograms: boolean;
  /** The part about phones, where the API has it. */
  phones: ReactNode;
  /** Saves everything the user has as a file. */
  onExport: (format: "csv" | "vcf" | "json") => void;
}

/** The settings: name, privacy, export, signing out, erasing. */
export function SettingsView({
  me,
  hasLeaderboard,
  hasTeams,
  hasPrograms,
  phones,
  onExport,
}: SettingsViewProps) {
  const signOut = useSession((session) => session.signOut);
  const mailbox = useMailbox();
  return (
    <Box px={{ base: 4, sm: 8 }} py={{ base: 5, sm: 7 }} maxW="46rem">
      <Heading as="h1" size="lg" mb={2}>
        Settings
      </Heading>
      <Profile me={me} />
      {hasLeaderboard && <Privacy me={me} />}
      {hasTeams && (
        <Part
          title="Team"
          hint="Who can find paths through your contacts, and through whose contacts you can."
        >
          <Button as={RouterLink} to="/team">
            Open your team
          </Button>
        </Part>
      )}
      {hasPrograms && (
        <Part
          title="Programs"
          hint="Assistants such as Claude and ChatGPT, n8n, and others that may use Warmpath for you."
        >
          <Button as={RouterLink} to="/programs">
            Open programs
          </Button>
        </Part>
      )}
      {phones}
      <Part
        title="Your data"
        hint="Everything you have stored here, in formats that can be imported again."
      >
        <Flex gap={2} wrap="wrap">
          <Button onClick={() => onExport("csv")}>Spreadsheet</Button>
          <Button onClick={() => onExport("vcf")}>Address book</Button>
          <Button onClick={() => onExport("json")}>Everything (JSON)</Button>
        </Flex>
      </Part>
      {mailbox && (
        <Part
          title="Mailbox"
          hint="Nothing leaves this machine: the mailbox shows the e-mails that would be sent."
        >
          <Button as="a" href={mailbox} target="_blank" rel="noreferrer">
            Open the mailbox
          </Button>
        </Part>
      )}
      <Part title="Session" hint={me.email ?? ""}>
        <Button onClick={signOut}>Sign out</Button>
      </Part>
      <Part title="Erase" hint="Deletes your profile, contacts, ties and introductions for good.">
        <EraseEverything />
      </Part>
    </Box>
  );
}

function Profile({ me }: { me: Me }) {
  const [name, setName] = useState(me.name);
  const update = useUpdateMe();
  const show = useToasts((state) => state.show);
  const save = () =>
    update.mutate(
      { name: name.trim() },
      {
        onSuccess: () => show({ tone: "done", text: "Name saved" }),
        onError: (error) => show({ tone: "problem", text: explain(error) }),
      },
    );
  return (
    <Part title="Profile" hint="The name shown in e-mails and introductions.">
      <FormControl maxW="24rem">
        <FormLabel>Name</FormLabel>
        <Flex gap={2}>
          <Input
            value={name}
            autoComplete="name"
            onChange={(event) => setName(event.target.value)}
          />
          <Button isDisabled={!name.trim() || name === me.name || update.isPending} onClick={save}>
            Save
          </Button>
        </Flex>
      </FormControl>
    </Part>
  );
}

function Privacy({ me }: { me: Me }) {
  const update = useUpdateMe();
  const show = useToasts((state) => state.show);
  const isShown = me.settings.leaderboard === true;
  const toggle = () =>
    update.mutate(
      { settings: { leaderboard: !isShown } },
      { onError: (error) => show({ tone: "problem", text: explain(error) }) },
    );
  return (
    <Part title="Privacy" hint="What other users see of you.">
      <Switch isChecked={isShown} onChange={toggle}>
        Show my name on the leaderboard
      </Switch>
    </Part>
  );
}
