import { queryOptions } from "@tanstack/react-query";
import { answer, api } from "@/lib/api-client";

/** GET /devices: the phones and programs that hold the contacts, the latest first. */
export const listDevicesOptions = queryOptions({
  queryKey: ["devices"] as const,
  queryFn: ({ signal }) => answer(api.GET("/api/crm/devices", { signal })),
});
