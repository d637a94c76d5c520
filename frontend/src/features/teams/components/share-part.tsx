import { Switch, Text } from "@chakra-ui/react";
import { useToasts } from "@/components/toast-store";
import { useShareTies } from "@/features/teams/api/share-ties";
import { explain } from "@/lib/api-error";
import { Part } from "@/components/part";

/**
 * The switch that lets colleagues find paths through the user's contacts, and what they then see.
 */
export function SharePart({ shares }: { shares: boolean }) {
  const share = useShareTies();
  const show = useToasts((state) => state.show);
  const toggle = () =>
    share.mutate(!shares, {
      onSuccess: ({ ties }) =>
        show({ tone: "done", text: ties ? "Your ties are shared" : "Nothing is shared any more" }),
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
      <Switch
        isChecked={shares}
        isDisabled={share.isPending}
        aria-describedby="what-is-shared"
        onChange={toggle}
      >
        Share my ties
      </Switch>
      <Text id="what-is-shared" mt={3} fontSize="sm" color="text.muted">
        For each contact on a path they look for, colleagues see the name, the title, the company
        and whether the tie is weak, fair or strong. They never see an address, a phone number, a
        profile, notes or tags, and never a list of your contacts.
      </Text>
    </Part>
  );
}
