import { queryOptions, useQuery } from "@tanstack/react-query";
import { send } from "@/lib/api-client";

/**
 * Reads where this installation shows the mails that it does not deliver. Only the local stack
 * names such a place in the `/config.json` that it serves.
 */
const mailboxOptions = queryOptions({
  queryKey: ["mailbox"],
  staleTime: Infinity,
  queryFn: async ({ signal }) => {
    const response = await send("/config.json", { signal });
    return mailboxOf(await response.json());
  },
});

/** Returns the address that a configuration names; null unless it is one of this very server. */
export function mailboxOf(config: unknown): string | null {
  const mailbox =
    typeof config === "object" && config !== null && "mailbox" in config ? config.mailbox : null;
  return typeof mailbox === "string" && /^\/[^/\\]/.test(mailbox) ? mailbox : null;
}

/** Returns the address of the local mailbox; null where mails are delivered. */
export function useMailbox(): string | null {
  const { data } = useQuery(mailboxOptions);
  return data ?? null;
}

/** Returns the link to where a mail that was just sent can be read, if there is such a place. */
export function useMailLink(): { label: string; href: string } | undefined {
  const mailbox = useMailbox();
  return mailbox ? { label: "Open the mailbox", href: mailbox } : undefined;
}
