/** The answers of the API about sources. */

export interface Source {
  id: string;
  kind: string;
  name: string;
  addresses: string[];
  state: string;
  problem: string | null;
  created_at: string;
  last_run_at: string | null;
  read: number;
  counted: number;
  left_out: Record<string, number>;
  first_at: string | null;
  last_at: string | null;
}

/** The outcome of a batch of lines. */
export interface Counted {
  received: number;
  counted: number;
  known: number;
  left_out: Record<string, number>;
  failed: number;
}

export interface PersonFound {
  address: string;
  addresses: string[];
  name: string | null;
  sent: number;
  received: number;
  meetings?: number;
  last_at: string;
  strength: number;
}

export interface PeopleFound {
  items: PersonFound[];
  next_cursor: string | null;
  total?: number;
}
