/**
 * The parts of the HTTP contract that the API's own document does not describe yet, in the shape that
 * openapi-typescript writes. A path that the document has gained no longer counts here.
 */

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

export interface PendingPaths {
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
        200: {
          headers: { [name: string]: unknown };
          content: { "application/json": Network };
        };
      };
    };
  };
}
