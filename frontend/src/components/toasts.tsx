import { Box, Button, CloseButton, Flex, Text } from "@chakra-ui/react";
import { CircleAlert, CircleCheck, Hourglass } from "lucide-react";
import { useEffect } from "react";
import { hotkeysRest, isTyping } from "@/lib/hotkey-guard";
import { useToasts } from "./toast-store";

const TONES = { done: CircleCheck, problem: CircleAlert, progress: Hourglass };

/** The status line of the app: messages with their actions. Ctrl/Cmd-Z runs the newest Undo. */
export function Toasts() {
  const { toasts, dismiss, act } = useToasts();

  useEffect(() => {
    const undoNewest = (event: KeyboardEvent) => {
      if (event.key !== "z" || !(event.metaKey || event.ctrlKey)) return;
      // In a field the keys undo typing.
      if (isTyping(event.target) || hotkeysRest(event)) return;
      const newest = useToasts.getState().toasts.findLast(({ action }) => action?.label === "Undo");
      if (!newest) return;
      event.preventDefault();
      act(newest.id);
    };
    addEventListener("keydown", undoNewest);
    return () => removeEventListener("keydown", undoNewest);
  }, [act]);

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
          <Box as={TONES[toast.tone]} boxSize={4} flex="none" aria-hidden />
          <Text flex={1} fontSize="md">
            {toast.text}
          </Text>
          {toast.action && (
            <Button size="sm" variant="inverse" fontWeight={650} onClick={() => act(toast.id)}>
              {toast.action.label}
            </Button>
          )}
          {toast.more && (
            <Button size="sm" variant="inverse" fontWeight={650} onClick={toast.more.run}>
              {toast.more.label}
            </Button>
          )}
          {toast.link && (
            <Button
              as="a"
              href={toast.link.href}
              target="_blank"
              rel="noreferrer"
              size="sm"
              variant="inverse"
              fontWeight={650}
            >
              {toast.link.label}
            </Button>
          )}
          {toast.tone !== "progress" && (
            <CloseButton
              color="inherit"
              _hover={{ bg: "whiteAlpha.200" }}
              onClick={() => dismiss(toast.id)}
              aria-label="Dismiss"
            />
          )}
        </Flex>
      ))}
    </Flex>
  );
}
