import { Button } from "@chakra-ui/react";
import { useQuery } from "@tanstack/react-query";
import { NetworkView } from "@/features/graph/components/network-view";
import { getMeOptions } from "@/features/users/api/get-me";
import { useUrlState } from "@/lib/use-url-state";
import { useEnrich } from "@/app/use-enrich";
import { TagSelection } from "@/features/contacts/components/tag-selection";

export function GraphRoute() {
  const [, changeUrl] = useUrlState();
  const { data: me } = useQuery(getMeOptions);
  const enrich = useEnrich();
  if (!me) return null;
  return (
    <NetworkView
      selfId={me.self_contact_id}
      onPerson={(id) => changeUrl({ person: id }, { push: id !== null })}
      selectionActions={(ids, done) => (
        <>
          <TagSelection ids={ids} onDone={done} />
          {enrich && (
            <Button size="sm" variant="ghost" onClick={() => enrich(ids)}>
              Enrich
            </Button>
          )}
        </>
      )}
    />
  );
}
