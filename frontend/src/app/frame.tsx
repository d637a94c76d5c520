import { Box, Button, Flex } from "@chakra-ui/react";
import { useQuery } from "@tanstack/react-query";
import { Suspense, lazy, useState } from "react";
import { Outlet, useNavigate } from "react-router-dom";
import { useConfirm } from "@/components/confirm-store";
import { useFailures } from "@/components/failures-store";
import { Opening } from "@/components/opening";
import { Toasts } from "@/components/toasts";
import { getMeOptions } from "@/features/users/api/get-me";
import { capabilitiesOptions } from "@/lib/capabilities";
import { useChords } from "@/lib/use-chords";
import { useHotkeys } from "@/lib/use-hotkeys";
import { useUrlState } from "@/lib/use-url-state";
import { ErrorNote } from "@/components/error-note";
import { LOWER_PLACES, PLACES } from "./navigation";
import { Away } from "./away";
import { Rail } from "./rail";

const CommandPalette = lazy(() =>
  import("./command-palette").then((module) => ({ default: module.CommandPalette })),
);
const ShortcutsDialog = lazy(() =>
  import("./shortcuts-dialog").then((module) => ({ default: module.ShortcutsDialog })),
);
const ConfirmDialog = lazy(() =>
  import("@/components/confirm-dialog").then((module) => ({ default: module.ConfirmDialog })),
);
const FailuresDialog = lazy(() =>
  import("@/components/failures-dialog").then((module) => ({ default: module.FailuresDialog })),
);
const PersonPanel = lazy(() =>
  import("./person-panel").then((module) => ({ default: module.PersonPanel })),
);

/** The frame around every view: navigation, side panel, command palette and toasts. */
export function Frame() {
  const [dialog, setDialog] = useState<"palette" | "shortcuts" | null>(null);
  const [params, changeUrl] = useUrlState();
  const person = params.get("person");
  const capabilities = useQuery(capabilitiesOptions);
  const me = useQuery(getMeOptions);
  const question = useConfirm((state) => state.question);
  const failures = useFailures((state) => state.listed);
  const close = () => setDialog(null);

  useFrameKeys(setDialog);

  return (
    <Flex h="100dvh" overflow="hidden">
      <SkipLink />
      <Rail onPalette={() => setDialog("palette")} />
      <Flex flex={1} minW={0} pb={{ base: "calc(58px + env(safe-area-inset-bottom))", sm: 0 }}>
        <Box
          as="main"
          id="main"
          flex={1}
          minW={0}
          h="full"
          overflow="auto"
          tabIndex={-1}
          outline="none"
        >
          <Away />
          {(capabilities.error && !capabilities.data) || (me.error && !me.data) ? (
            <Box p={8} maxW="40rem" mx="auto">
              <ErrorNote
                error={capabilities.error ?? me.error}
                onRetry={() => {
                  void capabilities.refetch();
                  void me.refetch();
                }}
              />
            </Box>
          ) : (
            <Suspense>
              <Outlet />
            </Suspense>
          )}
        </Box>
        {person && (
          <SidePanel>
            <Suspense>
              <PersonPanel id={person} onClose={() => changeUrl({ person: null })} />
            </Suspense>
          </SidePanel>
        )}
      </Flex>
      <Suspense fallback={<Opening />}>
        {dialog === "palette" && (
          <CommandPalette onClose={close} onShortcuts={() => setDialog("shortcuts")} />
        )}
        {dialog === "shortcuts" && <ShortcutsDialog onClose={close} />}
        {question && <ConfirmDialog question={question} />}
        {failures && <FailuresDialog failures={failures} />}
      </Suspense>
      <Toasts />
    </Flex>
  );
}

/** The side panel: beside the view, on a phone over it. */
function SidePanel({ children }: { children: React.ReactNode }) {
  return (
    <Box
      as="aside"
      aria-label="Contact"
      data-floats=""
      position={{ base: "fixed", lg: "static" }}
      inset={{ base: "0 0 calc(58px + env(safe-area-inset-bottom)) 0", sm: "0 0 0 auto" }}
      zIndex="overlay"
      w={{ base: "full", sm: "420px" }}
      flex="none"
      borderLeft={{ sm: "1px solid" }}
      borderColor={{ sm: "line.subtle" }}
      boxShadow={{ base: "float", lg: "none" }}
      overflow="hidden"
      bg="bg.surface"
    >
      {children}
    </Box>
  );
}

function SkipLink() {
  return (
    <Button
      as="a"
      href="#main"
      position="fixed"
      zIndex="skipLink"
      top="-60px"
      left={3}
      _focusVisible={{ top: 3, boxShadow: "outline" }}
    >
      Skip to the content
    </Button>
  );
}

function useFrameKeys(setDialog: (dialog: "palette" | "shortcuts") => void) {
  const navigate = useNavigate();
  useChords("g", (key) => {
    const place = [...PLACES, ...LOWER_PLACES].find((known) => known.key === key);
    if (place) navigate(place.path);
  });
  useHotkeys({
    "mod+k": (event) => {
      event.preventDefault();
      setDialog("palette");
    },
    "?": () => setDialog("shortcuts"),
  });
}
