import { queryOptions, useQuery } from "@tanstack/react-query";
import { send } from "@/lib/api-client";

/**
 * Options of the query for the address at which this installation shows the letters that it does
 * not deliver. Only the local stack names one in the `/config.json` that it serves.
 */
const mailboxOptions = queryOptions({
  queryKey: ["mailbox"],
  staleTime: Infinity,
  queryFn: async ({ signal }) => {
    const response = await send("/config.json", { signal });
    return mailboxOf(await response.json());
  },
});

/** Return the address that a configuration names; null unless it is on this server. */
export function mailboxOf(config: unknown): string | null {
  const mailbox =
    typeof config === "object" && config !== null && "mailbox" in config ? config.mailbox : null;
  return typeof mailbox === "string" && /^\/[^/\\]/.test(mailbox) ? mailbox : null;
}

/** Return the address of the local mailbox; null where letters are delivered. */
export function useMailbox(): string | null {
  const { data } = useQuery(mailboxOptions);
  return data ?? null;
}

/**
 * Return a link to the mailbox with the letter just sent; undefined where letters are delivered.
 */
export function useMailLink(): { label: string; href: string } | undefined {
  const mailbox = useMailbox();
  return mailbox ? { label: "Open the mailbox", href: mailbox } : undefined;
}
