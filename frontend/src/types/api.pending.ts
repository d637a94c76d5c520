/**
 * The parts of the HTTP contract that the API's own document does not describe yet, in the shape that
 * openapi-typescript writes. A path that the document has gained no longer counts here.
 */

export interface RelationshipPut {
  from_contact_id: string;
  to_contact_id: string;
  strength: number;
  mutual?: boolean;
}

export interface Relationship {
  from_contact_id: string;
  to_contact_id: string;
  strength: number;
  mutual: boolean;
}

export interface RelationshipPage {
  items: Relationship[];
  next_cursor: string | null;
}

export interface PathContact {
  id: string;
  name: string | null;
  company: string | null;
  title: string | null;
}

export interface Path {
  contacts: PathContact[];
  strengths: number[];
  hops: number;
  strength: number;
}

export interface PathAnswer {
  paths: Path[];
}

export interface Network {
  nodes: {
    id: string;
    name: string | null;
    company: string | null;
    tags: string[];
    hops: number;
    strength: number;
  }[];
  links: { source: string; target: string; strength: number; mutual: boolean }[];
  truncated: boolean;
}

export interface IntroductionCreate {
  target_id: string;
  path?: string[];
  message: string;
  purpose?: string;
}

export interface Introduction {
  id: string;
  status:
    | "requested"
    | "connector_accepted"
    | "introduced"
    | "completed"
    | "declined"
    | "not_now"
    | "withdrawn"
    | "expired";
  target: PathContact;
  connector: PathContact;
  path: PathContact[];
  message: string;
  purpose: string | null;
  history: { status: string; at: string; note: string | null }[];
  created_at: string;
  updated_at: string;
}

export interface IntroductionPage {
  items: Introduction[];
  next_cursor: string | null;
}

export interface IntroductionQuestion {
  role: "connector" | "target";
  status: string;
  requester_name: string;
  connector_name: string;
  target_name: string;
  message: string;
  purpose: string | null;
}

export interface IntroductionDecision {
  decision: "accept" | "decline" | "not_now";
  note?: string;
}

export interface Invitation {
  id: string;
  email: string;
  code: string;
  status: "sent" | "opened" | "accepted" | "activated";
  created_at: string;
}

export interface InvitationCreate {
  emails: string[];
  message?: string;
}

export interface InvitationPage {
  items: Invitation[];
  next_cursor: string | null;
}

export interface ViralStats {
  invitations: { sent: number; opened: number; accepted: number; activated: number };
  introductions: { [status: string]: number };
  conversion: number | null;
  k_factor: number | null;
  everyone: { conversion: number | null; k_factor: number | null };
  median_cycle_days: number | null;
  cohorts: {
    week: string;
    open: boolean;
    users: number;
    invitations: number;
    activated: number;
    k_factor: number | null;
  }[];
  daily: { day: string; sent: number; accepted: number; activated: number }[];
}

export interface Leaderboard {
  items: LeaderboardRow[];
  own: LeaderboardRow | null;
}

export interface LeaderboardRow {
  rank: number;
  name: string;
  introductions: number;
  invitations: number;
  score: number;
  is_me: boolean;
}

export interface PendingPaths {
  "/api/crm/graph/relationships": {
    get: {
      parameters: {
        query?: { contact_id?: string; limit?: number; cursor?: string };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: { "application/json": RelationshipPage };
        };
      };
    };
    put: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody: { content: { "application/json": RelationshipPut } };
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: { "application/json": Relationship };
        };
      };
    };
  };
  "/api/crm/graph/relationships/{from}/{to}": {
    delete: {
      parameters: {
        query?: { mutual?: boolean };
        header?: never;
        path: { from: string; to: string };
        cookie?: never;
      };
      requestBody?: never;
      responses: { 204: { headers: { [name: string]: unknown }; content?: never } };
    };
  };
  "/api/crm/graph/path": {
    get: {
      parameters: {
        query: {
          to: string;
          from?: string;
          max_hops?: number;
          mode?: "shortest" | "strongest";
          alternatives?: number;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": PathAnswer } };
      };
    };
  };
  "/api/crm/graph/network/{id}": {
    get: {
      parameters: {
        query?: { depth?: number; limit?: number; min_strength?: number };
        header?: never;
        path: { id: string };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": Network } };
      };
    };
  };
  "/api/crm/graph/introduce": {
    post: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody: { content: { "application/json": IntroductionCreate } };
      responses: {
        201: {
          headers: { [name: string]: unknown };
          content: { "application/json": Introduction };
        };
      };
    };
  };
  "/api/crm/graph/introductions": {
    get: {
      parameters: {
        query?: { status?: string; role?: string; limit?: number; cursor?: string };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: { "application/json": IntroductionPage };
        };
      };
    };
  };
  "/api/crm/graph/introductions/{id}": {
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: { id: string };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: { "application/json": Introduction };
        };
      };
    };
  };
  "/api/crm/graph/introductions/{id}/withdraw": {
    post: {
      parameters: {
        query?: never;
        header?: never;
        path: { id: string };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: { "application/json": Introduction };
        };
      };
    };
  };
  "/api/crm/graph/introductions/respond/{token}": {
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: { token: string };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: { "application/json": IntroductionQuestion };
        };
      };
    };
    post: {
      parameters: {
        query?: never;
        header?: never;
        path: { token: string };
        cookie?: never;
      };
      requestBody: { content: { "application/json": IntroductionDecision } };
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: { "application/json": IntroductionQuestion };
        };
      };
    };
  };
  "/api/crm/viral/invitations": {
    get: {
      parameters: {
        query?: { limit?: number; cursor?: string };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: { "application/json": InvitationPage };
        };
      };
    };
    post: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody: { content: { "application/json": InvitationCreate } };
      responses: {
        201: {
          headers: { [name: string]: unknown };
          content: { "application/json": InvitationPage };
        };
      };
    };
  };
  "/api/crm/viral/invitations/accept": {
    post: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody: { content: { "application/json": { code: string } } };
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: { "application/json": Record<string, unknown> };
        };
      };
    };
  };
  "/api/crm/viral/stats": {
    get: {
      parameters: {
        query?: { window?: string };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": ViralStats } };
      };
    };
  };
  "/api/crm/viral/leaderboard": {
    get: {
      parameters: {
        query?: { period?: "7d" | "30d" | "all"; limit?: number };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": Leaderboard } };
      };
    };
  };
}
