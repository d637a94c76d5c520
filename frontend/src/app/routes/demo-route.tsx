import { DemoView } from "@/app/demo/demo-view";

export function DemoRoute() {
  return <DemoView />;
}
