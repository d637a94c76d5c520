import type { components } from "@/types/api.generated";

type Schemas = components["schemas"];

export type Due = Schemas["Due"];
export type Upcoming = Schemas["Upcoming"];
export type Cadence = Schemas["Cadence"];
export type TimelineEntry = Schemas["TimelineEntry"];
export type TalkKind = Schemas["Talked"]["kind"];
