import type { Query, QueryClient } from "@tanstack/react-query";
import { useReachability } from "@/lib/reachability";
import { useSession } from "@/lib/session";

const KEY = "warmpath-answers";
/** Characters of one answer and of all: a tab may keep about five million. */
const MOST_OF_ONE = 300_000;
const MOST_OF_ALL = 2_000_000;
/** Milliseconds without a change of the cache before it is kept. */
const QUIET_MS = 1500;
/** Milliseconds without an answer after which the kept ones are shown. */
const SLOW_MS = 2500;

interface KeptAnswer {
  key: readonly unknown[];
  data: unknown;
}

/**
 * Keep the latest answers of the API for the tab, and show them while the server cannot be reached.
 *
 * In a tab that was loaded with the server present they are never used: what is shown comes from
 * the server.
 */
export function keepAnswers(client: QueryClient): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  client.getQueryCache().subscribe(({ type }) => {
    if (type !== "updated") return;
    clearTimeout(timer);
    timer = setTimeout(() => keep(client), QUIET_MS);
  });
  useReachability.subscribe((now, before) => {
    if (now.isAway && !before.isAway) restore(client);
  });
  setTimeout(() => restore(client), SLOW_MS);
  useSession.subscribe((session, before) => {
    const hasLeft = before.token && !session.token && !session.expired;
    const hasCome = session.token && !before.token;
    if (hasLeft || hasCome) sessionStorage.removeItem(KEY);
  });
}

function keep(client: QueryClient): void {
  if (!useSession.getState().token || useReachability.getState().isAway) return;
  const latest = client
    .getQueryCache()
    .findAll({ predicate: ({ state }) => state.status === "success" })
    .sort((a, b) => b.state.dataUpdatedAt - a.state.dataUpdatedAt);
  const texts: string[] = [];
  let size = 0;
  for (const query of latest) {
    const text = textOf(query);
    if (text.length > MOST_OF_ONE || size + text.length > MOST_OF_ALL) continue;
    texts.push(text);
    size += text.length;
  }
  try {
    sessionStorage.setItem(KEY, `[${texts.join()}]`);
  } catch {
    // The browser has no room; the app works without.
    sessionStorage.removeItem(KEY);
  }
}

const written = new WeakMap<object, string>();

/** Return an answer as text; of a list page by page its first page. */
function textOf({ queryKey, state }: Query): string {
  const data = state.data;
  if (typeof data !== "object" || data === null) return JSON.stringify({ key: queryKey, data });
  const known = written.get(data);
  if (known !== undefined) return known;
  const first = "pages" in data && "pageParams" in data ? firstPage(data) : data;
  const text = JSON.stringify({ key: queryKey, data: first } satisfies KeptAnswer);
  written.set(data, text);
  return text;
}

function firstPage({ pages, pageParams }: { pages: unknown; pageParams: unknown }): object {
  return {
    pages: (pages as unknown[]).slice(0, 1),
    pageParams: (pageParams as unknown[]).slice(0, 1),
  };
}

/** Show the kept answers where there is none, as answers that are to be read again. */
function restore(client: QueryClient): void {
  if (!useSession.getState().token) return;
  for (const { key, data } of keptAnswers()) {
    if (client.getQueryData(key) !== undefined) continue;
    client.setQueryData(key, data, { updatedAt: 1 });
    void client.invalidateQueries({ queryKey: key, exact: true, refetchType: "none" });
  }
}

function keptAnswers(): KeptAnswer[] {
  try {
    return JSON.parse(sessionStorage.getItem(KEY) ?? "[]") as KeptAnswer[];
  } catch {
    return [];
  }
}
