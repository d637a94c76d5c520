import { queryOptions } from "@tanstack/react-query";
import { answer, api } from "@/lib/api-client";
import type { components } from "@/types/api.generated";

export type CustomField = components["schemas"]["CustomField"];
export type FieldKind = CustomField["kind"];

export const KIND_LABELS: Record<FieldKind, string> = {
  text: "Text",
  number: "Number",
  date: "Date",
  choice: "Choice",
  url: "Web page",
  contact: "Contact",
};

export const fieldsKey = ["fields"] as const;

/** GET /fields: the custom fields in their order. */
export function listFieldsOptions() {
  return queryOptions({
    queryKey: fieldsKey,
    queryFn: async ({ signal }) => (await answer(api.GET("/api/crm/fields", { signal }))).items,
    staleTime: 60_000,
  });
}

/** POST /fields. */
export async function createField(field: {
  name: string;
  kind: FieldKind;
  choices: string[];
}): Promise<CustomField> {
  return answer(api.POST("/api/crm/fields", { body: field }));
}

/** PATCH /fields/{id}: another name. */
export async function renameField(id: string, name: string): Promise<void> {
  await answer(api.PATCH("/api/crm/fields/{id}", { params: { path: { id } }, body: { name } }));
}

/** DELETE /fields/{id}; the values stay in the contacts. */
export async function deleteField(id: string): Promise<void> {
  await answer(api.DELETE("/api/crm/fields/{id}", { params: { path: { id } } }));
}

/** Make a field of a loose name: of the kind that fits its values, which are brought into its form. */
export async function promoteName(name: string): Promise<string> {
  const loose = (await answer(api.GET("/api/crm/fields/loose"))).items;
  const kind = loose.find((each) => each.name === name)?.kind ?? "text";
  const field = await createField({ name, kind, choices: [] });
  const path = { id: field.id };
  const done = await answer(
    api.POST("/api/crm/fields/{id}/promote", { params: { path }, body: {} }),
  );
  const kept = "unfit_total" in done ? done.unfit_total : 0;
  return `${name} is a field of the kind “${KIND_LABELS[kind]}”${kept > 0 ? `; ${kept} values do not fit and stay as they are` : ""}`;
}
