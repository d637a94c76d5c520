import type { components } from "@/types/api.generated";

/** The contract's shapes by the names that the app uses. */
type Schemas = components["schemas"];

export type Contact = Schemas["Contact"];
export type ContactCreate = Schemas["ContactCreate"];
export type ContactPatch = Schemas["ContactPatch"];
export type SearchHit = Schemas["FoundContact"];
export type ImportAnswer = Schemas["ContactImport"];
export type Import = Schemas["Import"];
export type ImportCreate = Schemas["ImportCreate"];
export type ImportStart = Schemas["ImportStart"];
export type ImportSummary = Schemas["ImportSummary"];
export type PreviewRow = Schemas["PreviewRow"];
export type LedgerEntry = Schemas["LedgerLine"];
export type Me = Schemas["User"];
export type Device = Schemas["Device"];
export type NewDevice = Schemas["NewDevice"];
export type Webhook = Schemas["Webhook"];
export type WebhookDelivery = Schemas["WebhookDelivery"];
export type Path = Schemas["Path"];
export type PathTie = Schemas["PathTie"];
export type Wish = Schemas["Wish"];
export type WishCreate = Schemas["WishCreate"];
export type PathContact = Schemas["PathContact"];
export type Relationship = Schemas["Relationship"];
export type RelationshipSet = Schemas["RelationshipSet"];
export type Operation = Schemas["Operation"];
export type Job = Schemas["Job"];
export type Duplicate = Schemas["Duplicate"];
export type DuplicateList = Schemas["DuplicateList"];
export type DuplicateReason = Schemas["DuplicateReason"];
export type MergeOutcome = Schemas["MergeOutcome"];
export type MergeRequest = Schemas["MergeRequest"];
export type SureMerge = Schemas["SureMerge"];
export type SplitRequest = Schemas["SplitRequest"];
export type SplitOutcome = Schemas["SplitOutcome"];
export type Interaction = Schemas["Interaction"];
export type Note = Schemas["Note"];
export type BulkChange = Schemas["BulkChange"];
export type BulkOutcome = Schemas["BulkOutcome"];
export type EmptiedTrash = Schemas["EmptiedTrash"];
export type UndoOutcome = Schemas["UndoOutcome"];
export type ContactVersion = Schemas["ContactVersion"];
export type DeletedContact = Schemas["DeletedContact"];
export type Introduction = Schemas["Introduction"];
export type IntroductionRequest = Schemas["IntroductionRequest"];
export type Invitation = Schemas["Invitation"];
export type ViralStats = Schemas["ViralStats"];
export type Leaderboard = Schemas["Leaderboard"];
export type GraphImport = Schemas["GraphImport"];
export type IntroductionLetter = Schemas["IntroductionLetter"];
export type Network = Schemas["Network"];
export type Team = Schemas["Team"];
export type Source = Schemas["Source"];
export type SourceList = Schemas["SourceList"];
export type SourcePatch = Schemas["SourcePatch"];
export type AccountBody = Schemas["AccountBody"];
export type Counted = Schemas["Counted"];
export type PersonFound = Schemas["PersonFound"];
export type PeopleFound = Schemas["PeopleFound"];
export type TeamStatus = Schemas["TeamStatus"];

/** A fact that a provider found. */
export interface EnrichedField {
  value: unknown;
  provider: string;
  /** How sure the provider is, in (0, 1]. */
  confidence: number;
  at: string;
}

/** The enrichment of a contact; the OpenAPI document leaves its shape open. */
export interface Enrichment {
  status?: "pending" | "done" | "partial" | "not_found" | "failed" | "no_credits";
  fields?: Record<string, EnrichedField | undefined>;
  attempts?: { provider: string; outcome: string; credits: number; at: string }[];
  enriched_at?: string | null;
}

/** Read a contact's enrichment. */
export function enrichmentOf(contact: Contact): Enrichment {
  return contact.enrichment;
}
