import { useQuery } from "@tanstack/react-query";
import { Today } from "@/app/today";
import { newestContactsOptions } from "@/features/contacts/api/newest-contacts";
import { getContactOptions } from "@/features/contacts/api/get-contact";
import { searchContacts } from "@/features/contacts/api/search-contacts";
import { ReachView } from "@/features/graph/components/reach-view";
import { getTeamOptions } from "@/features/teams/api/get-team";
import { getMeOptions } from "@/features/users/api/get-me";
import { useCan } from "@/lib/capabilities";
import { displayName } from "@/lib/format";
import { useUrlState } from "@/lib/use-url-state";

const MOST_HITS = 20;

export function ReachRoute() {
  const [params, changeUrl] = useUrlState();
  const { data: me } = useQuery(getMeOptions);
  const to = params.get("to") ?? "";
  const { data: target } = useQuery({ ...getContactOptions(to), enabled: to !== "" });
  const canDraw = useCan("GET /graph/network/{id}");
  const canIntroduce = useCan("POST /graph/introduce");
  const canTeam = useCan("GET /teams/mine");
  const canDay = useCan("GET /due");
  const { data: teams } = useQuery({ ...getTeamOptions, enabled: canTeam });
  const { data: newest } = useQuery({ ...newestContactsOptions, enabled: to === "" });
  if (!me) return null;
  const open = (id: string) => changeUrl({ person: id }, { push: true });
  return (
    <ReachView
      selfId={me.self_contact_id}
      find={async (q, signal) => (await searchContacts(q, MOST_HITS, signal)).items}
      target={target ? { ...target.contact, name: displayName(target.contact) } : null}
      canIntroduce={canIntroduce}
      canDraw={canDraw}
      newest={newest?.filter((contact) => !contact.is_self)}
      inTeam={Boolean(teams?.team)}
      {...(canDay ? { today: <Today onPerson={open} /> } : {})}
      onPerson={open}
    />
  );
}
