import { queryOptions } from "@tanstack/react-query";
import { answer, api } from "@/lib/api-client";
import type { components } from "@/types/api.generated";

export type Circle = components["schemas"]["Circle"];

export const circlesKey = ["circles"] as const;

/** GET /circles: all of them by name, or those that a contact belongs to. */
export function listCirclesOptions(contactId?: string) {
  return queryOptions({
    queryKey: [...circlesKey, contactId ?? "all"] as const,
    queryFn: async ({ signal }) => {
      const query = contactId ? { contact_id: contactId } : {};
      return (await answer(api.GET("/api/crm/circles", { params: { query }, signal }))).items;
    },
  });
}

/** POST /circles: a circle whose members are named. */
export async function createCircle(name: string): Promise<Circle> {
  return answer(api.POST("/api/crm/circles", { body: { name } }));
}

/** POST /circles/{id}/members. */
export async function changeMembers(
  id: string,
  change: { add?: string[]; remove?: string[] },
): Promise<void> {
  const params = { path: { id } };
  const body = { add: [], remove: [], ...change };
  await answer(api.POST("/api/crm/circles/{id}/members", { params, body }));
}
