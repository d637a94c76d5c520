import { IntroductionsView } from "@/features/graph/components/introductions-view";

export function IntroductionsRoute() {
  return <IntroductionsView />;
}
