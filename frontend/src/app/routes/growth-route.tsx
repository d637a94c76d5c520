import { GrowthView } from "@/features/viral/components/growth-view";

export function GrowthRoute() {
  return <GrowthView />;
}
