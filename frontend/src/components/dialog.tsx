import {
  Flex,
  Modal,
  ModalBody,
  ModalCloseButton,
  ModalContent,
  ModalFooter,
  ModalHeader,
  ModalOverlay,
  type ModalProps,
} from "@chakra-ui/react";
import type { ReactNode, SyntheticEvent } from "react";
import { useFirstField } from "@/lib/use-first-field";

interface DialogProps {
  title: ReactNode;
  size?: ModalProps["size"];
  /** An alert asks before something that cannot be taken back. */
  role?: "dialog" | "alertdialog";
  onClose: () => void;
  /** Given, the dialog is a form. */
  onSubmit?: (event: SyntheticEvent) => void;
  footer?: ReactNode;
  /** There is nothing in it to stand on, only something to read. */
  scrolls?: boolean;
  children: ReactNode;
}

/** The focus on what is only read: seen, and no louder than that. */
const READING = { outline: "2px solid", outlineColor: "accent.line", outlineOffset: "-6px" };

/** A dialog over the view. It opens in its first field, never on the button that closes it. */
export function Dialog(props: DialogProps) {
  const { title, size = "lg", role = "dialog", onClose, onSubmit, footer, scrolls } = props;
  const { content, first } = useFirstField();
  return (
    <Modal isOpen onClose={onClose} size={size} initialFocusRef={first}>
      <ModalOverlay />
      <ModalContent ref={content} role={role}>
        <Flex direction="column" minH={0} {...(onSubmit && { as: "form" as const, onSubmit })}>
          <ModalHeader>{title}</ModalHeader>
          <ModalCloseButton />
          {/* What may scroll has to be reachable by keyboard. */}
          <ModalBody
            pb={footer ? undefined : 6}
            {...(scrolls && { tabIndex: 0, "data-first": "", _focusVisible: READING })}
          >
            {props.children}
          </ModalBody>
          {footer && <ModalFooter>{footer}</ModalFooter>}
        </Flex>
      </ModalContent>
    </Modal>
  );
}
