import { Button, Flex, Text } from "@chakra-ui/react";
import { useState } from "react";
import { useToasts } from "@/components/toast-store";
import { connectProvider } from "@/features/sources/api/accounts";
import { kindWords } from "@/features/sources/words";
import { explain } from "@/lib/api-error";
import type { SourceList } from "@/types/api";
import { AccountDialog } from "./account-dialog";

/** The ways to connect an account: by a password, and by the consent of each provider that is offered. */
export function ConnectAccount({ providers }: { providers: SourceList["providers"] }) {
  const [open, setOpen] = useState(false);
  const leave = (kind: "google" | "microsoft") => {
    connectProvider(kind, kindWords(kind)).catch((error: unknown) =>
      useToasts.getState().show({ tone: "problem", text: explain(error) }),
    );
  };
  return (
    <Flex mt={4} gap={2} align="center" wrap="wrap">
      <Text color="text.muted">Or connect an account, which keeps itself current:</Text>
      <Button size="sm" onClick={() => setOpen(true)}>
        Mailbox or calendar
      </Button>
      {providers.map(
        (kind) =>
          (kind === "google" || kind === "microsoft") && (
            <Button key={kind} size="sm" onClick={() => leave(kind)}>
              {kindWords(kind)}
            </Button>
          ),
      )}
      {open && <AccountDialog onClose={() => setOpen(false)} />}
    </Flex>
  );
}
