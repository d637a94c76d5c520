import { Box, Button, Flex, Text } from "@chakra-ui/react";
import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import { useConfirm } from "@/components/confirm-store";
import { ErrorNote } from "@/components/error-note";
import { Part } from "@/components/part";
import { useToasts } from "@/components/toast-store";
import { useDeleteDevice } from "@/features/devices/api/delete-device";
import { listDevicesOptions } from "@/features/devices/api/list-devices";
import { explain } from "@/lib/api-error";
import { timeAgo } from "@/lib/format";
import type { Device } from "@/types/api";

const AddPhone = lazy(() => import("./add-phone").then((m) => ({ default: m.AddPhone })));

/** The part of the settings about phones and programs that hold a copy of the contacts. */
export function PhonesPart() {
  const { data, error } = useQuery(listDevicesOptions);
  const [isAdding, setIsAdding] = useState(false);
  return (
    <Part
      title="Phones"
      hint="Keep the contacts on a phone, or in the address book of a computer. A change on either side reaches the other."
    >
      {error && <ErrorNote error={error} />}
      {data && data.items.length > 0 && (
        <Box as="ul" listStyleType="none" mb={4}>
          {data.items.map((device) => (
            <DeviceRow key={device.id} device={device} />
          ))}
        </Box>
      )}
      <Button onClick={() => setIsAdding(true)}>Add a phone</Button>
      {isAdding && (
        <Suspense fallback={null}>
          <AddPhone onClose={() => setIsAdding(false)} />
        </Suspense>
      )}
    </Part>
  );
}

function DeviceRow({ device }: { device: Device }) {
  const remove = useDeleteDevice();
  const ask = useConfirm((state) => state.ask);
  const show = useToasts((state) => state.show);
  const revoke = async () => {
    const yes = await ask({
      title: `Revoke ${device.name}?`,
      text: "Its password opens nothing any more, at once. The copy on it stays there; your contacts here stay as they are.",
      confirm: "Revoke",
    });
    if (yes)
      remove.mutate(device.id, {
        onSuccess: () => show({ tone: "done", text: `${device.name} is revoked` }),
        onError: (error) => show({ tone: "problem", text: explain(error) }),
      });
  };
  return (
    <Flex as="li" align="center" gap={3} py={2}>
      <Box flex={1} minW={0}>
        <Text color="text.strong" overflowWrap="anywhere">
          {device.name}
        </Text>
        <Text fontSize="sm" color="text.muted" noOfLines={1}>
          {device.last_used_at ? `used ${timeAgo(device.last_used_at)}` : "not used yet"}
          {device.program && ` by ${device.program}`}
        </Text>
        {device.held_back_at && (
          <Text fontSize="sm" color="text.muted">
            It wanted to remove more than half of the contacts {timeAgo(device.held_back_at)}, and
            was held back. What it had removed before is in the trash.
          </Text>
        )}
      </Box>
      <Button
        size="xs"
        variant="ghost"
        flex="none"
        aria-label={`Revoke ${device.name}`}
        isDisabled={remove.isPending}
        onClick={() => void revoke()}
      >
        Revoke
      </Button>
    </Flex>
  );
}
