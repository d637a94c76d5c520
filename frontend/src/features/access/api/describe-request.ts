import { queryOptions } from "@tanstack/react-query";
import { answer, api } from "@/lib/api-client";

/** POST /access/request: who asks for access, and for what; `asked` is the query string of the page. */
export const describeRequestOptions = (asked: Record<string, string>) =>
  queryOptions({
    queryKey: ["access", "request", asked] as const,
    queryFn: ({ signal }) => answer(api.POST("/api/crm/access/request", { body: asked, signal })),
    retry: false,
    staleTime: Infinity,
  });
