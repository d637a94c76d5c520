import { useParams } from "react-router-dom";
import { RespondView } from "@/features/graph/components/respond-view";

export function RespondRoute() {
  const { token } = useParams();
  return <RespondView token={token ?? ""} />;
}
