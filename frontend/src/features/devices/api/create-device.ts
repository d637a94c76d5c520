import { useMutation, useQueryClient } from "@tanstack/react-query";
import { answer, api } from "@/lib/api-client";
import { listDevicesOptions } from "./list-devices";

/** POST /devices: a password for one phone or program, which is shown this once. */
export function useCreateDevice() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (name: string) => answer(api.POST("/api/crm/devices", { body: { name } })),
    gcTime: 0,
    onSettled: () => client.invalidateQueries({ queryKey: listDevicesOptions.queryKey }),
  });
}
