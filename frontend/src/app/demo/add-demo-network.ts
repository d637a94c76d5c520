import { importContacts } from "@/features/contacts/api/import-contacts";
import { importInteractions } from "@/features/contacts/api/import-interactions";
import { searchContacts } from "@/features/contacts/api/search-contacts";
import { importRelationships } from "@/features/graph/api/import-relationships";
import { answer, api } from "@/lib/api-client";
import { dated } from "./dated";

/** What all of its people carry, so that they are found again and can go together. */
export const DEMO_TAG = "demo-data";
/** Whom the first page suggests to reach. */
export const DEMO_TARGET = { name: "Mei Tanaka", company: "Globex" };

export interface DemoNetwork {
  people: number;
  ties: number;
  /** Whether it was there before, all of it. */
  known: boolean;
  /** Of the person to reach; null when the user has removed them. */
  targetId: string | null;
}

/**
 * Adds the demo network by the same imports that everybody's files go through; a second time
 * nothing changes, and one that broke off is completed.
 */
export async function addDemoNetwork(): Promise<DemoNetwork> {
  const { demoFiles } = await import("./demo-files");
  const people = await importContacts("csv", demoFiles.contacts, {
    tags: [DEMO_TAG],
    onDuplicate: "skip",
    // Nobody would find out anything about people who do not exist, for credits.
    enrich: false,
  });
  const ties = await importRelationships(demoFiles.ties);
  // The past is dated from when these people came, so that it is the same one at every attempt.
  const since = await firstAdded();
  const past = await importInteractions(dated(demoFiles.interactions, since));
  const { name, company } = DEMO_TARGET;
  const hits = await searchContacts(`${name} ${company}`, 1);
  return {
    people: people.received,
    ties: ties.received,
    known: people.created + ties.created + ties.updated + past.created === 0,
    targetId: hits.items[0]?.id ?? null,
  };
}

/** When the first of them came; those that the user removed meanwhile have come again later. */
async function firstAdded(): Promise<number> {
  const query = { tag: [DEMO_TAG], fields: "created_at", limit: 200 };
  const { items } = await answer(api.GET("/api/crm/contacts", { params: { query } }));
  const times = items.map((item) => Date.parse((item as { created_at?: string }).created_at ?? ""));
  return Math.min(Date.now(), ...times.filter(Number.isFinite));
}
