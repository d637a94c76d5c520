import { ActivityView } from "@/features/history/components/activity-view";

export function ActivityRoute() {
  return <ActivityView />;
}
