import { queryOptions } from "@tanstack/react-query";
import { answer, answerWithOperation, api } from "@/lib/api-client";

export const dueKey = ["day", "due"] as const;

/** The number of people on one page of the day. */
const SHOWN = 20;

/** GET /due: the people to talk to today, the longest overdue first. */
export const listDueOptions = queryOptions({
  queryKey: dueKey,
  queryFn: async ({ signal }) =>
    answer(api.GET("/api/crm/due", { params: { query: { limit: SHOWN } }, signal })),
});

/** The actions on somebody who is due. */
export type DueAction = "done" | "snooze" | "skip";

/** POST /due/{contact_id}/done, snooze or skip; returns the operation that can be undone. */
export async function settleDue(id: string, action: DueAction): Promise<string | null> {
  const params = { path: { contact_id: id } };
  if (action === "skip") {
    return (await answerWithOperation(api.POST("/api/crm/due/{contact_id}/skip", { params })))
      .operation;
  }
  if (action === "snooze") {
    const call = api.POST("/api/crm/due/{contact_id}/snooze", { params, body: {} });
    return (await answerWithOperation(call)).operation;
  }
  const body = { kind: "call" as const, direction: "both" as const };
  const call = api.POST("/api/crm/due/{contact_id}/done", { params, body });
  return (await answerWithOperation(call)).operation;
}
