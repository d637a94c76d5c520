import { Box, Button, Flex, FormControl, FormLabel, Text, Textarea } from "@chakra-ui/react";
import { useQuery } from "@tanstack/react-query";
import { Link2 } from "lucide-react";
import { useState, type SyntheticEvent } from "react";
import { ErrorNote } from "@/components/error-note";
import { useToasts } from "@/components/toast-store";
import { useCreateInvitations } from "@/features/viral/api/create-invitations";
import { listInvitationsOptions } from "@/features/viral/api/list-invitations";
import { plural, timeAgo } from "@/lib/format";
import { useMailLink } from "@/lib/mailbox";
import type { Invitation } from "@/types/api";

const MOST_SHOWN = 6;

/** The form for invitations by e-mail, and a link to share. */
export function InvitePanel() {
  const [text, setText] = useState("");
  const { data } = useQuery(listInvitationsOptions);
  const create = useCreateInvitations();
  const show = useToasts((state) => state.show);
  const link = useMailLink();
  const emails = text.split(/[\s,;]+/).filter((word) => word.includes("@"));

  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    create.mutate(
      { emails },
      {
        onSuccess: ({ refused }) => {
          const sent = emails.length - refused.length;
          show({ tone: "done", text: `${plural(sent, "invitation")} sent`, link });
          if (refused.length > 0) {
            const text = `${refused.length} not invited: no more e-mails may go there for now`;
            show({ tone: "problem", text });
          }
          setText(refused.map(({ email }) => email).join(", "));
        },
      },
    );
  };

  return (
    <form onSubmit={submit}>
      <FormControl>
        <FormLabel>E-mail addresses</FormLabel>
        <Textarea
          rows={2}
          placeholder="ana@example.com, bruno@example.com"
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      </FormControl>
      <Flex mt={3} gap={2} wrap="wrap">
        <Button type="submit" variant="accent" isDisabled={emails.length === 0 || create.isPending}>
          {emails.length > 1 ? `Invite ${emails.length}` : "Invite"}
        </Button>
        {data && <CopyLink link={data.link}>Copy your link</CopyLink>}
      </Flex>
      {create.error && (
        <Box mt={3}>
          <ErrorNote error={create.error} />
        </Box>
      )}
      <Box mt={4}>
        {(data?.items ?? []).slice(0, MOST_SHOWN).map((invitation) => (
          <InvitationRow key={invitation.id} invitation={invitation} />
        ))}
      </Box>
    </form>
  );
}

function InvitationRow({ invitation }: { invitation: Invitation }) {
  return (
    <Flex align="center" gap={3} py={1}>
      <Text flex={1} noOfLines={1} color="text.strong">
        {invitation.email}
      </Text>
      <Text fontSize="sm" color="text.muted">
        {invitation.status} {timeAgo(invitation.created_at)}
      </Text>
      <CopyLink link={`${location.origin}/join/${invitation.code}`} />
    </Flex>
  );
}

function CopyLink({ link, children }: { link: string; children?: string }) {
  const show = useToasts((state) => state.show);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(link);
      show({ tone: "done", text: "Link copied" });
    } catch {
      show({ tone: "problem", text: `The browser does not allow copying. Your link: ${link}` });
    }
  };
  return (
    <Button
      size={children ? "md" : "xs"}
      variant={children ? "outline" : "ghost"}
      leftIcon={<Link2 size={13} />}
      onClick={() => void copy()}
    >
      {children ?? "Copy link"}
    </Button>
  );
}
