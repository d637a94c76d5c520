import { TeamView } from "@/features/teams/components/team-view";

export function TeamRoute() {
  return <TeamView />;
}
