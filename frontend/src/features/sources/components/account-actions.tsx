import { Button } from "@chakra-ui/react";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useToasts } from "@/components/toast-store";
import { goToConsent, requestSync } from "@/features/sources/api/accounts";
import { isBeingRead, sourcesKey } from "@/features/sources/api/sources";
import { explain } from "@/lib/api-error";
import type { Source } from "@/types/api";
import { AccountDialog } from "./account-dialog";

/** The actions on a connected account: read it now, or sign in again where it needs that. */
export function AccountActions({ source }: { source: Source }) {
  const client = useQueryClient();
  const [open, setOpen] = useState(false);
  const byConsent = source.kind === "google" || source.kind === "microsoft";
  const attempt = (act: Promise<unknown>) => {
    act
      .then(() => client.invalidateQueries({ queryKey: sourcesKey }))
      .catch((error: unknown) =>
        useToasts.getState().show({ tone: "problem", text: explain(error) }),
      );
  };
  if (!source.account && !byConsent) return null;
  if (source.state === "needs_attention" || !source.account) {
    return (
      <>
        <Button
          size="sm"
          variant="accent"
          alignSelf="center"
          aria-label={`Sign in to ${source.name}`}
          onClick={() => (byConsent ? attempt(goToConsent(source.id)) : setOpen(true))}
        >
          Sign in
        </Button>
        {open && <AccountDialog source={source} onClose={() => setOpen(false)} />}
      </>
    );
  }
  return (
    <Button
      size="sm"
      alignSelf="center"
      isDisabled={isBeingRead(source)}
      aria-label={`Read ${source.name} now`}
      onClick={() => attempt(requestSync(source.id))}
    >
      {isBeingRead(source) ? "Reading" : "Read now"}
    </Button>
  );
}
