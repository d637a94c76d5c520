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
  /** `alertdialog` for a question before a change that cannot be undone. */
  role?: "dialog" | "alertdialog";
  onClose: () => void;
  /** Makes the dialog a form. */
  onSubmit?: (event: SyntheticEvent) => void;
  footer?: ReactNode;
  /** The dialog has no field, only text: the text takes the focus and scrolls by keyboard. */
  scrolls?: boolean;
  children: ReactNode;
}

/** The focus ring around text: visible, and quieter than that of a field. */
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
          {/* Scrollable content must be reachable by keyboard. */}
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
