import { useMutation } from "@tanstack/react-query";
import { answer, api } from "@/lib/api-client";

/** DELETE /users/me: erases the user and everything of theirs. */
export function useDeleteMe() {
  return useMutation({ mutationFn: () => answer(api.DELETE("/api/crm/users/me")) });
}
