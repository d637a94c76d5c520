import { Suspense, lazy, type ReactNode } from "react";
import { Navigate, Route, Routes, useLocation } from "react-router-dom";
import { useQuery } from "@tanstack/react-query";
import { capabilitiesOptions } from "@/lib/capabilities";
import { CALLBACK_PATH, useSession } from "@/lib/session";
import { Skeleton } from "@/components/skeleton";
import { Frame } from "./frame";
import { useCan } from "@/lib/capabilities";

const SignInView = lazy(() =>
  import("@/features/users/components/sign-in-view").then((m) => ({ default: m.SignInView })),
);
const SignedInView = lazy(() =>
  import("@/features/users/components/signed-in-view").then((m) => ({ default: m.SignedInView })),
);
const ReachRoute = lazy(() =>
  import("./routes/reach-route").then((m) => ({ default: m.ReachRoute })),
);
const ContactsRoute = lazy(() =>
  import("./routes/contacts-route").then((m) => ({ default: m.ContactsRoute })),
);
const DuplicatesRoute = lazy(() =>
  import("./routes/duplicates-route").then((m) => ({ default: m.DuplicatesRoute })),
);
const ImportRoute = lazy(() =>
  import("./routes/import-route").then((m) => ({ default: m.ImportRoute })),
);
const DemoRoute = lazy(() => import("./routes/demo-route").then((m) => ({ default: m.DemoRoute })));
const GraphRoute = lazy(() =>
  import("./routes/graph-route").then((m) => ({ default: m.GraphRoute })),
);
const IntroductionsRoute = lazy(() =>
  import("./routes/introductions-route").then((m) => ({ default: m.IntroductionsRoute })),
);
const JoinRoute = lazy(() => import("./routes/join-route").then((m) => ({ default: m.JoinRoute })));
const GrowthRoute = lazy(() =>
  import("./routes/growth-route").then((m) => ({ default: m.GrowthRoute })),
);
const CreditsRoute = lazy(() =>
  import("./routes/credits-route").then((m) => ({ default: m.CreditsRoute })),
);
const ActivityRoute = lazy(() =>
  import("./routes/activity-route").then((m) => ({ default: m.ActivityRoute })),
);
const SourceConnectedRoute = lazy(() =>
  import("./routes/sources-route").then((m) => ({ default: m.SourceConnectedRoute })),
);
const SourcesRoute = lazy(() =>
  import("./routes/sources-route").then((m) => ({ default: m.SourcesRoute })),
);
const TrashRoute = lazy(() =>
  import("./routes/trash-route").then((m) => ({ default: m.TrashRoute })),
);
const TeamRoute = lazy(() => import("./routes/team-route").then((m) => ({ default: m.TeamRoute })));
const SettingsRoute = lazy(() =>
  import("./routes/settings-route").then((m) => ({ default: m.SettingsRoute })),
);
const ConnectRoute = lazy(() =>
  import("@/features/access/components/connect-view").then((m) => ({ default: m.ConnectView })),
);
const ProgramsRoute = lazy(() =>
  import("./routes/programs-route").then((m) => ({ default: m.ProgramsRoute })),
);

/** Every address of the app. Addresses that need no session stand first. */
export function Router() {
  return (
    <Suspense>
      <Routes>
        <Route path={CALLBACK_PATH} element={<SignedInView />} />
        <Route path="/join/:code" element={<JoinRoute />} />
        <Route element={<Door />}>
          <Route
            index
            element={
              <Needs operation="GET /graph/path" otherwise={<Navigate to="/contacts" replace />}>
                <ReachRoute />
              </Needs>
            }
          />
          <Route path="/contacts" element={<ContactsRoute />} />
          <Route path="/contacts/duplicates" element={<DuplicatesRoute />} />
          <Route path="/import" element={<ImportRoute />} />
          <Route path="/demo" element={<DemoRoute />} />
          <Route path="/graph" element={<GraphRoute />} />
          <Route path="/introductions" element={<IntroductionsRoute />} />
          <Route path="/growth" element={<GrowthRoute />} />
          <Route path="/activity" element={<ActivityRoute />} />
          <Route path="/sources" element={<SourcesRoute />} />
          <Route path="/sources/connected" element={<SourceConnectedRoute />} />
          <Route path="/trash" element={<TrashRoute />} />
          <Route path="/team" element={<TeamRoute />} />
          <Route path="/credits" element={<CreditsRoute />} />
          <Route path="/settings" element={<SettingsRoute />} />
          <Route path="/programs" element={<ProgramsRoute />} />
          <Route path="/connect" element={<ConnectRoute />} />
          <Route path="*" element={<Navigate to="/" replace />} />
        </Route>
      </Routes>
    </Suspense>
  );
}

/** Show the frame with a session and the sign-in without one; the address stays. */
function Door() {
  const token = useSession((session) => session.token);
  const { pathname, search } = useLocation();
  return token ? <Frame /> : <SignInView returnTo={pathname + search} />;
}

interface NeedsProps {
  operation: string;
  otherwise: ReactNode;
  children: ReactNode;
}

/** Show a view only where the API has the operation that it needs. */
function Needs({ operation, otherwise, children }: NeedsProps) {
  const { isPending } = useQuery(capabilitiesOptions);
  const can = useCan(operation);
  if (isPending) return <Skeleton m={8} h="58px" maxW="38rem" borderRadius="xl" />;
  return can ? children : otherwise;
}
