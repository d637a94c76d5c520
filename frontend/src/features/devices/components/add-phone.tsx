import {
  Box,
  Button,
  Flex,
  FormControl,
  FormLabel,
  Input,
  InputGroup,
  InputRightElement,
  Text,
} from "@chakra-ui/react";
import { useState } from "react";
import { Dialog } from "@/components/dialog";
import { ErrorNote } from "@/components/error-note";
import { useToasts } from "@/components/toast-store";
import { useCreateDevice } from "@/features/devices/api/create-device";
import { qrCode, qrPath } from "@/features/devices/qr-code";
import type { NewDevice } from "@/types/api";

interface AddPhoneProps {
  onClose: () => void;
}

/** Asks for a name, then shows the one-time link as a QR code, and the password for all other programs. */
export function AddPhone({ onClose }: AddPhoneProps) {
  const [name, setName] = useState("");
  const create = useCreateDevice();
  if (create.data) return <Connect device={create.data} onClose={onClose} />;
  return (
    <Dialog
      title="Add a phone"
      onClose={onClose}
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim()) create.mutate(name.trim());
      }}
      footer={
        <Button type="submit" variant="primary" isDisabled={!name.trim() || create.isPending}>
          Continue
        </Button>
      }
    >
      <FormControl>
        <FormLabel>Name of the phone</FormLabel>
        <Input
          value={name}
          maxLength={100}
          placeholder="My phone"
          autoComplete="off"
          onChange={(event) => setName(event.target.value)}
        />
      </FormControl>
      {create.error && (
        <Box mt={3}>
          <ErrorNote error={create.error} />
        </Box>
      )}
    </Dialog>
  );
}

function Connect({ device, onClose }: { device: NewDevice; onClose: () => void }) {
  return (
    <Dialog
      title={`Connect ${device.name}`}
      onClose={onClose}
      footer={<Button onClick={onClose}>Done</Button>}
    >
      <Flex
        gap={5}
        direction={{ base: "column", sm: "row" }}
        align={{ base: "center", sm: "start" }}
      >
        <QrCode text={device.connect_url} />
        <Box>
          <Text color="text.strong">Point the phone's camera at the code.</Text>
          <Text mt={2}>
            iPhone: download the profile, then open Settings, Profile Downloaded, Install.
          </Text>
          <Text mt={2}>
            Android: the free app DAVx5 opens, or is offered. Create, then tick the address book.
          </Text>
          <Text mt={2} fontSize="sm" color="text.muted">
            The code works once, for ten minutes. On this phone?{" "}
            <Box as="a" href={device.connect_url} textDecoration="underline">
              Open the link
            </Box>
          </Text>
        </Box>
      </Flex>
      <Text mt={6} mb={2} color="text.strong">
        Thunderbird, Evolution, a Mac and others ask for these
      </Text>
      <Copied label="Address" value={device.url} />
      <Copied label="User name" value={device.username} />
      <Copied label="Password" value={device.password} />
      <Text mt={2} fontSize="sm" color="text.muted">
        The password is shown this once. It is good for this phone alone and opens only the
        contacts.
      </Text>
    </Dialog>
  );
}

/** A quiet zone of four modules, dark on light in both themes: cameras need the contrast. */
function QrCode({ text }: { text: string }) {
  const modules = qrCode(text);
  if (!modules) return null;
  const size = modules.length + 8;
  return (
    <Box flex="none" bg="white" borderRadius="md" p={0} w="13rem" h="13rem">
      <svg viewBox={`-4 -4 ${size} ${size}`} role="img" aria-label="QR code of the link">
        <path d={qrPath(modules)} fill="black" shapeRendering="crispEdges" />
      </svg>
    </Box>
  );
}

function Copied({ label, value }: { label: string; value: string }) {
  const show = useToasts((state) => state.show);
  const copy = () =>
    void navigator.clipboard.writeText(value).then(
      () => show({ tone: "done", text: `${label} copied` }),
      () => show({ tone: "problem", text: "The browser does not allow to copy: select the text." }),
    );
  return (
    <FormControl mb={2}>
      <FormLabel mb={1}>{label}</FormLabel>
      <InputGroup>
        <Input readOnly value={value} pr="5rem" onFocus={(event) => event.target.select()} />
        <InputRightElement w="4.5rem">
          <Button size="xs" aria-label={`Copy ${label.toLowerCase()}`} onClick={copy}>
            Copy
          </Button>
        </InputRightElement>
      </InputGroup>
    </FormControl>
  );
}
