import {
  Box,
  Button,
  FormControl,
  FormHelperText,
  FormLabel,
  Input,
  Stack,
  type InputProps,
} from "@chakra-ui/react";
import { useQueryClient } from "@tanstack/react-query";
import { useState, type SyntheticEvent } from "react";
import { Dialog } from "@/components/dialog";
import { ErrorNote } from "@/components/error-note";
import { Segmented } from "@/components/segmented";
import { useToasts } from "@/components/toast-store";
import { changeAccount, connectAccount, type PasswordKind } from "@/features/sources/api/accounts";
import { refreshAfterSources } from "@/features/sources/api/sources";
import type { AccountBody, Source } from "@/types/api";

const KINDS = [
  { value: "imap", label: "Mailbox" },
  { value: "caldav", label: "Calendar" },
] as const;

interface AccountDialogProps {
  /** The source whose account is entered again; without one, a new source is made. */
  source?: Source;
  onClose: () => void;
}

/** The form for an account that is read by a password. It is signed in to before anything is kept. */
export function AccountDialog({ source, onClose }: AccountDialogProps) {
  const client = useQueryClient();
  const [kind, setKind] = useState<PasswordKind>(source?.kind === "caldav" ? "caldav" : "imap");
  const [server, setServer] = useState(source?.account?.host ?? source?.account?.url ?? "");
  const [username, setUsername] = useState(source?.account?.username ?? "");
  const [password, setPassword] = useState("");
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);

  const connect = async () => {
    const account = accountOf(kind, server.trim(), username.trim(), password, source);
    const addresses = username.includes("@") ? [username.trim()] : [];
    const made = source
      ? await changeAccount(source.id, account)
      : await connectAccount(kind, username.trim(), addresses, account);
    useToasts.getState().show({ tone: "done", text: `${made.name} is connected` });
    await refreshAfterSources(client);
    onClose();
  };
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    connect().catch((problem: unknown) => {
      setError(problem);
      setBusy(false);
    });
  };
  return (
    <Dialog
      title={source ? `Sign in to ${source.name} again` : "Connect an account"}
      size="md"
      onClose={onClose}
      onSubmit={submit}
      footer={
        <Button type="submit" variant="accent" isLoading={busy} loadingText="Signing in">
          {source ? "Sign in" : "Connect"}
        </Button>
      }
    >
      <Stack spacing={4}>
        {!source && (
          <Box>
            <Segmented label="What is read" value={kind} options={KINDS} onChange={setKind} />
          </Box>
        )}
        <Field
          label={kind === "imap" ? "Server" : "Address of the server"}
          placeholder={kind === "imap" ? "imap.example.com" : "https://caldav.example.com"}
          hint={
            kind === "imap"
              ? "Who wrote to whom and when is read of all folders; nothing is changed."
              : "Who met whom and when is read of all calendars."
          }
          type={kind === "imap" ? "text" : "url"}
          value={server}
          onFill={setServer}
        />
        <Field
          label="User name"
          hint="Mostly your address."
          autoComplete="username"
          value={username}
          onFill={setUsername}
        />
        <Field
          label="Password"
          hint="Make one for this app alone where your provider offers it (an app password). It is kept encrypted and never shown again."
          type="password"
          autoComplete="off"
          value={password}
          onFill={setPassword}
        />
        {error !== null && <ErrorNote error={error} />}
      </Stack>
    </Dialog>
  );
}

function accountOf(
  kind: PasswordKind,
  server: string,
  username: string,
  password: string,
  source: Source | undefined,
): AccountBody {
  if (kind === "caldav") return { url: server, username, password };
  const { port, security } = source?.account ?? {};
  return {
    host: server,
    username,
    password,
    ...(port && { port }),
    ...(security && { security }),
  };
}

interface FieldProps extends Omit<InputProps, "onChange"> {
  label: string;
  hint: string;
  onFill: (value: string) => void;
}

function Field({ label, hint, onFill, ...input }: FieldProps) {
  return (
    <FormControl isRequired>
      <FormLabel requiredIndicator={<></>}>{label}</FormLabel>
      <Input onChange={(event) => onFill(event.target.value)} {...input} />
      <FormHelperText>{hint}</FormHelperText>
    </FormControl>
  );
}
