import { queryOptions } from "@tanstack/react-query";
import { answer, api } from "@/lib/api-client";

/** GET /access/calls: what one program did lately, the newest first. */
export const listProgramCallsOptions = (program: string) =>
  queryOptions({
    queryKey: ["access", "calls", program] as const,
    queryFn: ({ signal }) =>
      answer(
        api.GET("/api/crm/access/calls", { params: { query: { program, limit: 20 } }, signal }),
      ),
  });
