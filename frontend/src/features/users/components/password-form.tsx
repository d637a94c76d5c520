import {
  Button,
  Flex,
  FormControl,
  FormHelperText,
  FormLabel,
  Input,
  Text,
} from "@chakra-ui/react";
import { useState, type ComponentProps, type ReactNode, type SyntheticEvent } from "react";
import { ErrorNote } from "@/components/error-note";
import {
  sendPasswordReset,
  signInWithCode,
  signInWithPassword,
  signUp,
  type CodeWanted,
  type IdentityPlatformConfig,
} from "@/features/users/identity-platform";
import type { Credentials } from "@/lib/session";

interface PasswordFormProps {
  config: IdentityPlatformConfig;
  onSignedIn: (credentials: Credentials) => void;
}

type Step = "in" | "up" | "reset" | "code";

const ACTIONS: Record<Step, string> = {
  in: "Sign in",
  up: "Create the account",
  reset: "Send me a link",
  code: "Continue",
};
/** The shortest that Identity Platform takes. */
const SHORTEST_PASSWORD = 6;

/** The form for address and password, where the identity provider has no pages itself. */
export function PasswordForm({ config, onSignedIn }: PasswordFormProps) {
  const [step, setStep] = useState<Step>("in");
  const [fields, setFields] = useState({ email: "", password: "", name: "", code: "" });
  const [wanted, setWanted] = useState<CodeWanted | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [sent, setSent] = useState(false);
  const [busy, setBusy] = useState(false);
  const email = fields.email.trim();
  const fill = (name: keyof typeof fields) => (value: string) =>
    setFields((before) => ({ ...before, [name]: value }));
  const go = (next: Step) => {
    setStep(next);
    setError(null);
    setSent(false);
  };

  const act = async () => {
    if (step === "reset") {
      await sendPasswordReset(config, email);
      setSent(true);
    } else if (step === "up") {
      const person = { email, password: fields.password, displayName: fields.name.trim() };
      onSignedIn(await signUp(config, person));
    } else if (step === "code" && wanted) {
      onSignedIn(await signInWithCode(config, wanted, fields.code.trim()));
    } else {
      const answer = await signInWithPassword(config, email, fields.password);
      if ("token" in answer) onSignedIn(answer);
      else {
        setWanted(answer);
        setStep("code");
      }
    }
  };
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    act()
      .catch(setError)
      .finally(() => setBusy(false));
  };

  return (
    <Flex as="form" direction="column" gap={4} onSubmit={submit}>
      {step === "code" ? (
        <Field
          label="Code of your authenticator app"
          value={fields.code}
          onFill={fill("code")}
          inputMode="numeric"
          autoComplete="one-time-code"
          autoFocus
        />
      ) : (
        <Field
          label="E-mail"
          type="email"
          value={fields.email}
          onFill={fill("email")}
          autoComplete="username"
        />
      )}
      {step === "up" && (
        <Field label="Name" value={fields.name} onFill={fill("name")} autoComplete="name" />
      )}
      {(step === "in" || step === "up") && (
        <Field
          label="Password"
          type="password"
          value={fields.password}
          onFill={fill("password")}
          autoComplete={step === "in" ? "current-password" : "new-password"}
          minLength={step === "up" ? SHORTEST_PASSWORD : undefined}
          hint={step === "up" ? `At least ${SHORTEST_PASSWORD} characters.` : undefined}
        />
      )}
      {error !== null && <ErrorNote error={error} />}
      {sent && <Text role="status">If this address has an account, a link was sent to it.</Text>}
      <Button type="submit" variant="accent" size="lg" isDisabled={busy}>
        {ACTIONS[step]}
      </Button>
      <Flex justify="space-between" wrap="wrap" gap={2} mx={-3}>
        {step === "in" ? (
          <>
            <Other onClick={() => go("up")}>New here? Create an account</Other>
            <Other onClick={() => go("reset")}>Forgotten password</Other>
          </>
        ) : (
          <Other onClick={() => go("in")}>Back to sign-in</Other>
        )}
      </Flex>
    </Flex>
  );
}

interface FieldProps extends Omit<ComponentProps<typeof Input>, "onChange"> {
  label: string;
  hint?: string | undefined;
  onFill: (value: string) => void;
}

function Field({ label, hint, onFill, ...input }: FieldProps) {
  return (
    <FormControl isRequired>
      <FormLabel requiredIndicator={<></>}>{label}</FormLabel>
      <Input h={11} onChange={(event) => onFill(event.target.value)} {...input} />
      {hint && <FormHelperText>{hint}</FormHelperText>}
    </FormControl>
  );
}

function Other({ onClick, children }: { onClick: () => void; children: ReactNode }) {
  return (
    <Button variant="ghost" size="sm" onClick={onClick}>
      {children}
    </Button>
  );
}
