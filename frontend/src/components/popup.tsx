import {
  Button,
  Popover,
  PopoverBody,
  PopoverContent,
  PopoverTrigger,
  Portal,
  type ButtonProps,
} from "@chakra-ui/react";
import { useEffect, type ReactNode, type RefObject } from "react";
import { useFirstField } from "@/lib/use-first-field";

interface PopupProps extends Omit<ButtonProps, "children" | "label"> {
  /** The label of the button. */
  label: ReactNode;
  /** The accessible name of the panel. */
  title: string;
  width?: string;
  children: ReactNode;
}

/** A button with a small panel below it, which opens in its first field. */
export function Popup({ label, title, width = "16rem", children, ...button }: PopupProps) {
  const { content, first } = useFirstField();
  return (
    <Popover placement="bottom-start" isLazy gutter={6} autoFocus={false}>
      <PopoverTrigger>
        <Button size="sm" {...button}>
          {label}
        </Button>
      </PopoverTrigger>
      <Portal>
        <PopoverContent
          ref={content}
          aria-label={title}
          width={width}
          maxW="calc(100vw - 24px)"
          bg="bg.raised"
          border="1px solid"
          borderColor="line.subtle"
          borderRadius="lg"
          boxShadow="float"
          _focusVisible={{ outline: "none", boxShadow: "float" }}
        >
          <PopoverBody p={2} maxH="60vh" overflow="auto">
            <FocusFirst first={first} />
            {children}
          </PopoverBody>
        </PopoverContent>
      </Portal>
    </Popover>
  );
}

/** Frames until a popup is visible, at most; before that, nothing in it can take the focus. */
const MOST_FRAMES = 30;

/** Move the focus into the popup when it opens; Chakra leaves it on the button the first time. */
function FocusFirst({ first }: { first: RefObject<HTMLElement> }) {
  useEffect(() => {
    let frame = 0;
    let tries = 0;
    const focus = () => {
      first.current?.focus({ preventScroll: true });
      tries += 1;
      if (document.activeElement !== first.current && tries < MOST_FRAMES) {
        frame = requestAnimationFrame(focus);
      }
    };
    focus();
    return () => cancelAnimationFrame(frame);
  }, [first]);
  return null;
}
