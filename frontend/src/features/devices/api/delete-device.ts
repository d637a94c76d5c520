import { useMutation, useQueryClient } from "@tanstack/react-query";
import { answer, api } from "@/lib/api-client";
import { listDevicesOptions } from "./list-devices";

/** DELETE /devices/{id}: revokes the password at once. */
export function useDeleteDevice() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      answer(api.DELETE("/api/crm/devices/{id}", { params: { path: { id } } })),
    onSettled: () => client.invalidateQueries({ queryKey: listDevicesOptions.queryKey }),
  });
}
