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
  /** What the button says. */
  label: ReactNode;
  /** The name of what opens. */
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

/** Pictures that a popup may take until it is seen; before that nothing in it takes the focus. */
const MOST_FRAMES = 30;

/** Brings the focus in when what it stands in opens; Chakra leaves it on the button the first time. */
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
