import { queryOptions } from "@tanstack/react-query";
import { answer, api } from "@/lib/api-client";

/** GET /users/me: the signed-in user, with their self contact. */
export const getMeOptions = queryOptions({
  queryKey: ["users", "me"],
  queryFn: ({ signal }) => answer(api.GET("/api/crm/users/me", { signal })),
});
