import { useParams } from "react-router-dom";
import { JoinView } from "@/features/viral/components/join-view";

export function JoinRoute() {
  const { code } = useParams();
  return <JoinView code={code ?? ""} />;
}
