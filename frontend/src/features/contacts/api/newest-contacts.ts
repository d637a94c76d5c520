import { queryOptions } from "@tanstack/react-query";
import { answer, api } from "@/lib/api-client";

const COUNT = 30;

/** GET /contacts: those added last. */
export const newestContactsOptions = queryOptions({
  queryKey: ["contacts", "newest"] as const,
  queryFn: async ({ signal }) => {
    const query = {
      limit: COUNT,
      sort: "-created_at" as const,
      fields: "id,name,email,company,is_self",
    };
    return (await answer(api.GET("/api/crm/contacts", { params: { query }, signal }))).items;
  },
});
