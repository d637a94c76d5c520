import { Button } from "@chakra-ui/react";
import { useQuery } from "@tanstack/react-query";
import { Eye, EyeOff } from "lucide-react";
import { useToasts } from "@/components/toast-store";
import { useHideContact } from "@/features/teams/api/hide-contact";
import { listHiddenContactsOptions } from "@/features/teams/api/list-hidden-contacts";
import { explain } from "@/lib/api-error";

/**
 * The button that hides a contact from colleagues, as a target and on a path, or shows it again.
 */
export function HideButton({ contactId, name }: { contactId: string; name: string }) {
  const { data: hidden } = useQuery(listHiddenContactsOptions);
  const hide = useHideContact(contactId);
  const show = useToasts((state) => state.show);
  const isHidden = hidden?.has(contactId) ?? false;
  const toggle = () =>
    hide.mutate(!isHidden, {
      onSuccess: () =>
        show({
          tone: "done",
          text: isHidden
            ? `Colleagues may find paths through ${name}`
            : `Colleagues find no path through ${name} from now on`,
        }),
      onError: (error) => show({ tone: "problem", text: explain(error) }),
    });
  return (
    <Button
      size="sm"
      leftIcon={isHidden ? <Eye size={14} /> : <EyeOff size={14} />}
      isDisabled={!hidden || hide.isPending}
      onClick={toggle}
    >
      {isHidden ? "Show to team" : "Hide from team"}
    </Button>
  );
}
