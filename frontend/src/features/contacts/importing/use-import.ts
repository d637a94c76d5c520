import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import { useSearchParams } from "react-router-dom";
import { refreshContactLists } from "@/features/contacts/api/contact-cache";
import { duplicatesKey } from "@/features/contacts/api/list-duplicates";
import {
  cancelImport,
  createImport,
  importOptions,
  importsKey,
  startImport,
} from "@/features/contacts/api/imports";
import type { Import, ImportStart } from "@/types/api";
import { uploadFile } from "./upload";

/** The choices before the import runs; what is undefined stays as the file says. */
export interface ImportChoices {
  tags: string[];
  /** Null: as the plan says. */
  onDuplicate: "update" | "newest" | "skip" | null;
  tieToMe: number | null;
  enrich: boolean;
}

/** A file on its way to the server. */
export interface Sending {
  name: string;
  sent: number;
  total: number;
  /** Whether the line is down. */
  waiting: boolean;
}

export const FIRST_CHOICES: ImportChoices = {
  tags: [],
  onDuplicate: null,
  tieToMe: null,
  enrich: true,
};

/** The id of the shown import in the page's address, so that a reload finds it again. */
const PARAMETER = "import";

/** An import from the chosen file to its result; the server reads and merges it. */
export function useImport({ canEnrich }: { canEnrich: boolean }) {
  const client = useQueryClient();
  const [parameters, setParameters] = useSearchParams();
  const id = parameters.get(PARAMETER);
  const query = useQuery({ ...importOptions(id ?? ""), enabled: id !== null });
  const [choices, setChoices] = useState(FIRST_CHOICES);
  const [sending, setSending] = useState<Sending | null>(null);
  const abort = useRef<AbortController | null>(null);
  const current = id === null ? undefined : query.data;

  const show = useCallback(
    (shown: string | null) =>
      setParameters(shown === null ? {} : { [PARAMETER]: shown }, { replace: true }),
    [setParameters],
  );
  const keep = useCallback(
    (changed: Import) => client.setQueryData(importOptions(changed.id).queryKey, changed),
    [client],
  );

  useEffect(() => () => abort.current?.abort(), []);
  const hasEnded = current?.ended_at != null;
  useEffect(() => {
    if (hasEnded) {
      void refreshContactLists(client);
      void client.invalidateQueries({ queryKey: duplicatesKey });
    }
  }, [client, hasEnded]);

  const send = useMutation({
    mutationFn: async (file: File) => {
      const target = await begin(file, current);
      keep(target);
      show(target.id);
      if (!target.upload) return;
      const controller = new AbortController();
      abort.current = controller;
      const total = file.size;
      const move = (change: Partial<Sending>) =>
        setSending((now) => ({
          name: file.name,
          sent: 0,
          waiting: false,
          ...now,
          total,
          ...change,
        }));
      move({});
      try {
        await uploadFile(file, target.upload, {
          signal: controller.signal,
          onProgress: (sent) => move({ sent }),
          onWaiting: (waiting) => move({ waiting }),
        });
      } finally {
        setSending(null);
      }
      await client.refetchQueries({ queryKey: importOptions(target.id).queryKey });
    },
  });

  const change = useMutation({
    mutationFn: async (body: ImportStart) => {
      if (id !== null) keep(await startImport(id, body));
    },
  });

  const stop = useMutation({
    mutationFn: async () => {
      abort.current?.abort();
      if (id === null) return;
      await cancelImport(id);
      await client.invalidateQueries({ queryKey: importsKey });
    },
  });

  const reset = () => {
    abort.current?.abort();
    setChoices(FIRST_CHOICES);
    send.reset();
    change.reset();
    show(null);
    void client.invalidateQueries({ queryKey: importsKey });
  };

  return {
    current,
    sending,
    choices,
    error: aborted(send.error) ?? change.error ?? stop.error ?? query.error ?? undefined,
    isBusy: change.isPending,
    start: (file: File) => {
      setChoices(FIRST_CHOICES);
      send.mutate(file);
    },
    choose: (changed: Partial<ImportChoices>) => setChoices((now) => ({ ...now, ...changed })),
    map: (mapping: Record<string, string>) => change.mutate({ plan: { mapping }, preview: true }),
    correct: (plan: NonNullable<ImportStart["plan"]>) => change.mutate({ plan, preview: true }),
    run: () => change.mutate({ plan: planOf(choices, canEnrich) }),
    stop: () => stop.mutate(),
    reset,
    open: show,
  };
}

/** Announce a file, or go on with one that was announced before and is still awaited. */
function begin(file: File, awaited: Import | undefined): Promise<Import> {
  const isSame = awaited?.upload && awaited.size === file.size && awaited.filename === file.name;
  if (isSame) return Promise.resolve(awaited);
  return createImport({ kind: "contacts", filename: file.name, size: file.size });
}

function planOf(choices: ImportChoices, canEnrich: boolean): NonNullable<ImportStart["plan"]> {
  return {
    tags: choices.tags,
    enrich: canEnrich && choices.enrich,
    ...(choices.onDuplicate === null ? {} : { on_duplicate: choices.onDuplicate }),
    ...(choices.tieToMe === null ? {} : { tie_to_me: choices.tieToMe }),
  };
}

/** Return an error to show; the end of a stopped upload is not one. */
function aborted(error: Error | null): Error | null {
  return error instanceof DOMException && error.name === "AbortError" ? null : error;
}
