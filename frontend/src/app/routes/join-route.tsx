import { useCallback } from "react";
import { useNavigate, useParams } from "react-router-dom";
import { useToasts } from "@/components/toast-store";
import { SignInView } from "@/features/users/components/sign-in-view";
import { JoinView } from "@/features/viral/components/join-view";
import { firstName } from "@/lib/format";
import { useSession } from "@/lib/session";
import { useUrlState } from "@/lib/use-url-state";

/** The page of an invitation. Joining needs a session: the user signs in and comes back here. */
export function JoinRoute() {
  const { code = "" } = useParams();
  const [params, changeUrl] = useUrlState();
  const token = useSession((session) => session.token);
  const show = useToasts((state) => state.show);
  const navigate = useNavigate();
  const wanted = params.get("accept") === "1";
  const welcome = useCallback(
    (inviter: string) => {
      show({ tone: "done", text: `You have joined ${firstName(inviter)}` });
      navigate("/", { replace: true });
    },
    [navigate, show],
  );
  if (wanted && !token) return <SignInView returnTo={`/join/${code}?accept=1`} />;
  return (
    <JoinView
      code={code}
      joining={wanted && token !== null}
      onJoin={() => changeUrl({ accept: "1" })}
      onJoined={welcome}
    />
  );
}
