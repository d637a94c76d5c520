import { Button, CloseButton, Flex, Text } from "@chakra-ui/react";
import { CircleAlert, CircleCheck } from "lucide-react";
import { useEffect } from "react";
import { useToasts } from "./toast-store";

/** The status line of the app: what just happened, and undo. Ctrl/Cmd-Z takes the newest action. */
export function Toasts() {
  const { toasts, dismiss } = useToasts();

  useEffect(() => {
    const undoNewest = (event: KeyboardEvent) => {
      const typing = event.target instanceof HTMLElement && event.target.matches("input, textarea");
      if (typing || event.key !== "z" || !(event.metaKey || event.ctrlKey)) return;
      const newest = useToasts.getState().toasts.findLast((toast) => toast.action);
      if (!newest) return;
      event.preventDefault();
      dismiss(newest.id, true);
    };
    // A delayed deletion must not be lost when the page goes.
    const settleAll = () => {
      for (const { id } of useToasts.getState().toasts) dismiss(id);
    };
    addEventListener("keydown", undoNewest);
    addEventListener("pagehide", settleAll);
    return () => {
      removeEventListener("keydown", undoNewest);
      removeEventListener("pagehide", settleAll);
    };
  }, [dismiss]);

  return (
    <Flex
      role="status"
      aria-live="polite"
      position="fixed"
      zIndex="toast"
      bottom={{ base: "calc(72px + env(safe-area-inset-bottom))", sm: 5 }}
      left={0}
      right={0}
      direction="column"
      align="center"
      gap={2}
      px={3}
      pointerEvents="none"
    >
      {toasts.map((toast) => (
        <Flex
          key={toast.id}
          align="center"
          gap={2.5}
          bg="bg.inverse"
          color="text.inverse"
          borderRadius="lg"
          boxShadow="float"
          pl={3.5}
          pr={1.5}
          py={1.5}
          maxW="min(36rem, 100%)"
          pointerEvents="auto"
        >
          {toast.tone === "done" ? <CircleCheck size={16} /> : <CircleAlert size={16} />}
          <Text flex={1} fontSize="md">
            {toast.text}
          </Text>
          {toast.action && (
            <Button
              size="sm"
              variant="inverse"
              fontWeight={650}
              onClick={() => dismiss(toast.id, true)}
            >
              {toast.action.label}
            </Button>
          )}
          <CloseButton
            color="inherit"
            _hover={{ bg: "whiteAlpha.200" }}
            onClick={() => dismiss(toast.id)}
            aria-label="Dismiss"
          />
        </Flex>
      ))}
    </Flex>
  );
}
