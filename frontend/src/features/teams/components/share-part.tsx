import { Stack, Switch, Text } from "@chakra-ui/react";
import { useToasts } from "@/components/toast-store";
import { useShareTies, type Sharing } from "@/features/teams/api/share-ties";
import { explain } from "@/lib/api-error";
import { Part } from "@/components/part";
import type { Team } from "@/types/api";

/**
 * The switches that let colleagues find paths through the user's contacts, and what they then see.
 */
export function SharePart({ team }: { team: Team }) {
  const share = useShareTies();
  const show = useToasts((state) => state.show);
  const shares = team.shares_ties;
  const change = (sharing: Sharing, done: string) =>
    share.mutate(sharing, {
      onSuccess: () => show({ tone: "done", text: done }),
      onError: (error) => show({ tone: "problem", text: explain(error) }),
    });
  return (
    <Part
      title="Sharing"
      hint={
        shares
          ? "Colleagues find paths through your contacts. This ends the moment you turn it off."
          : "Colleagues find no path through your contacts until you turn this on."
      }
    >
      <Stack spacing={3} align="flex-start">
        <Switch
          isChecked={shares}
          isDisabled={share.isPending}
          aria-describedby="what-is-shared"
          onChange={() =>
            change(
              { ties: !shares },
              shares ? "Nothing is shared any more" : "Your ties are shared",
            )
          }
        >
          Share my ties
        </Switch>
        {shares && (
          <>
            <Switch
              isChecked={team.shares_strengths}
              isDisabled={share.isPending}
              onChange={() =>
                change(
                  { ties: true, strengths: !team.shares_strengths },
                  team.shares_strengths
                    ? "Colleagues see only that a tie exists"
                    : "Colleagues see how strong a tie is",
                )
              }
            >
              Show how strong they are
            </Switch>
            <Switch
              isChecked={team.shares_seen_ties}
              isDisabled={share.isPending}
              onChange={() =>
                change(
                  { ties: true, seen_ties: !team.shares_seen_ties },
                  team.shares_seen_ties
                    ? "Ties between others from your mail are yours alone"
                    : "Ties between others from your mail are shared",
                )
              }
            >
              Include ties between others that my mail and calendars show
            </Switch>
          </>
        )}
      </Stack>
      <Text id="what-is-shared" mt={3} fontSize="sm" color="text.muted">
        For each contact on a path they look for, colleagues see the name, the title, the company
        {team.shares_strengths
          ? " and whether the tie is weak, fair or strong."
          : " and that the tie exists, not how strong it is."}{" "}
        They never see an address, a phone number, a profile, notes or tags, and never a list of
        your contacts.
      </Text>
    </Part>
  );
}
