import { importContacts } from "@/features/contacts/api/import-contacts";
import { importInteractions } from "@/features/contacts/api/import-interactions";
import { searchContacts } from "@/features/contacts/api/search-contacts";
import { importRelationships } from "@/features/graph/api/import-relationships";
import { answer, api } from "@/lib/api-client";
import { dated } from "./dated";

/** The tag of all demo contacts, so that they can be found and deleted together. */
export const DEMO_TAG = "demo-data";
/** The contact that the page suggests to reach. */
export const DEMO_TARGET = { name: "Mei Tanaka", company: "Globex" };

export interface DemoNetwork {
  people: number;
  ties: number;
  /** Whether all of it existed before. */
  known: boolean;
  /** The id of the contact to reach; null when the user has deleted it. */
  targetId: string | null;
}

/**
 * Add the demo network by the imports that every file goes through. A second time nothing changes,
 * and an attempt that broke off is completed.
 */
export async function addDemoNetwork(): Promise<DemoNetwork> {
  const { demoFiles } = await import("./demo-files");
  const people = await importContacts(demoFiles.contacts, {
    tags: [DEMO_TAG],
    onDuplicate: "skip",
    // Enrichment would spend credits on contacts that do not exist.
    enrich: false,
  });
  const ties = await importRelationships(demoFiles.ties);
  // Interactions are dated from the creation of the contacts, so that every attempt has the same
  // ones.
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

/**
 * The creation of the first contact; contacts that the user deleted meanwhile were created again
 * later.
 */
async function firstAdded(): Promise<number> {
  const query = { tag: [DEMO_TAG], fields: "created_at", limit: 200 };
  const { items } = await answer(api.GET("/api/crm/contacts", { params: { query } }));
  const times = items.map((item) => Date.parse((item as { created_at?: string }).created_at ?? ""));
  return Math.min(Date.now(), ...times.filter(Number.isFinite));
}
