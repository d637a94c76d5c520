import { useMutation } from "@tanstack/react-query";
import { answer, api } from "@/lib/api-client";

/** DELETE /users/me: erases the user and all their data. */
export function useDeleteMe() {
  return useMutation({ mutationFn: () => answer(api.DELETE("/api/crm/users/me")) });
}
