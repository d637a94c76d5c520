import {
  Button,
  Popover,
  PopoverBody,
  PopoverContent,
  PopoverTrigger,
  Portal,
  type ButtonProps,
} from "@chakra-ui/react";
import type { ReactNode } from "react";

interface PopupProps extends Omit<ButtonProps, "children" | "label"> {
  /** What the button says. */
  label: ReactNode;
  /** The name of what opens. */
  title: string;
  width?: string;
  children: ReactNode;
}

/** A button with a small panel below it. */
export function Popup({ label, title, width = "16rem", children, ...button }: PopupProps) {
  return (
    <Popover placement="bottom-start" isLazy gutter={6}>
      <PopoverTrigger>
        <Button size="sm" {...button}>
          {label}
        </Button>
      </PopoverTrigger>
      <Portal>
        <PopoverContent
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
            {children}
          </PopoverBody>
        </PopoverContent>
      </Portal>
    </Popover>
  );
}
