import { useMutation, useQueryClient } from "@tanstack/react-query";
import { answer, api } from "@/lib/api-client";
import type { ContactCreate } from "@/types/api";
import { refreshContactLists } from "./contact-cache";

/** POST /contacts; a known e-mail answers with the contact that has it. */
export function useCreateContact() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (contact: ContactCreate) =>
      answer(api.POST("/api/crm/contacts", { body: contact })),
    onSuccess: () => refreshContactLists(client),
  });
}
