import { queryOptions, useQuery } from "@tanstack/react-query";
import { send } from "@/lib/api-client";

/** Read which operations this API has, as "METHOD /path" without the prefix. */
export const capabilitiesOptions = queryOptions({
  queryKey: ["capabilities"],
  staleTime: Infinity,
  queryFn: async ({ signal }) => {
    const response = await send("/api/crm/openapi.json", { signal });
    return operationsOf((await response.json()) as OpenApiDocument);
  },
});

interface OpenApiDocument {
  paths?: Record<string, Record<string, unknown>>;
}

/**
 * List a document's operations, whether its paths carry the `/api/crm` prefix or its server does.
 */
export function operationsOf(document: OpenApiDocument): readonly string[] {
  return Object.entries(document.paths ?? {}).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${normalise(path)}`),
  );
}

/** Path parameters are compared by place, not by name. */
function normalise(path: string): string {
  return path.replace(/^\/api\/crm/, "").replaceAll(/\{[^}]+\}/g, "{}");
}

/**
 * Return whether the API offers an operation, such as `useCan("GET /viral/stats")`; a view whose
 * operation is absent is not offered at all. False until the document has arrived.
 */
export function useCan(operation: string): boolean {
  const { data } = useQuery(capabilitiesOptions);
  return data?.includes(normalise(operation)) ?? false;
}
