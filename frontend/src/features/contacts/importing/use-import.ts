import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import { refreshContactLists } from "@/features/contacts/api/contact-cache";
import type { ImportOptions } from "@/features/contacts/api/import-contacts";
import type { ImportAnswer } from "@/types/api";
import { openSheet, type OpenSheet } from "./open-sheet";
import {
  CHUNK_ROWS,
  emptyTally,
  runImport,
  sendChunk,
  type ImportTally,
  type RefusedRow,
} from "./run-import";

/** The preview: the API's answer to a dry run of the first rows. */
export interface Preview {
  answer: ImportAnswer;
  refused: RefusedRow[];
}

/** The choices before the import runs. */
export interface ImportChoices {
  mapping: Record<string, string>;
  tags: string[];
  onDuplicate: "update" | "skip";
  tieToMe: number | null;
  enrich: boolean;
}

export type ImportStage =
  | { at: "drop"; error?: unknown }
  | { at: "reading"; name: string }
  | { at: "preview"; sheet: OpenSheet; preview: Preview | null; error?: unknown }
  | { at: "running"; sheet: OpenSheet; tally: ImportTally }
  | { at: "stopped"; sheet: OpenSheet; tally: ImportTally; error: unknown }
  | { at: "done"; sheet: OpenSheet; tally: ImportTally };

export const FIRST_CHOICES: ImportChoices = {
  mapping: {},
  tags: [],
  onDuplicate: "update",
  tieToMe: null,
  enrich: true,
};

/** An import from the dropped file to the tally; one at a time. */
export function useImport() {
  const client = useQueryClient();
  const [stage, setStage] = useState<ImportStage>({ at: "drop" });
  const [choices, setChoices] = useState(FIRST_CHOICES);
  const abort = useRef(new AbortController());
  const latest = useRef(0);
  const open = "sheet" in stage ? stage.sheet : null;
  const opened = useRef(open);

  useEffect(() => {
    opened.current = open;
  });
  useEffect(
    () => () => {
      abort.current.abort();
      opened.current?.close();
    },
    [],
  );

  /** Run the first rows dry at the API; an answer that a newer one overtook is dropped. */
  const check = useCallback(async (sheet: OpenSheet, chosen: ImportChoices) => {
    latest.current += 1;
    const mine = latest.current;
    const show = (result: Partial<{ preview: Preview; error: unknown }>) => {
      if (mine !== latest.current) return;
      setStage((now) => (now.at === "preview" ? { ...now, error: undefined, ...result } : now));
    };
    try {
      const options = { ...optionsOf(chosen), dryRun: true };
      const { answer, refused } = await sendChunk(sheet, 0, CHUNK_ROWS, options);
      show({ preview: { answer, refused } });
    } catch (error) {
      show({ error });
    }
  }, []);

  const start = useCallback(
    async (file: File) => {
      setStage({ at: "reading", name: file.name });
      setChoices(FIRST_CHOICES);
      try {
        const sheet = await openSheet(file);
        setStage({ at: "preview", sheet, preview: null });
        await check(sheet, FIRST_CHOICES);
      } catch (error) {
        setStage({ at: "drop", error });
      }
    },
    [check],
  );

  const choose = useCallback(
    (change: Partial<ImportChoices>) => {
      const chosen = { ...choices, ...change };
      setChoices(chosen);
      if (change.mapping && open) void check(open, chosen);
    },
    [check, choices, open],
  );

  const editCell = useCallback(
    async (index: number, column: number, value: string) => {
      if (!open) return;
      await open.ask<"edit">({ ask: "edit", index, column, value });
      const rows = open.rows.map((cells, at) => (at === index ? cells.with(column, value) : cells));
      const edited = { ...open, rows };
      setStage((now) => (now.at === "preview" ? { ...now, sheet: edited } : now));
      await check(edited, choices);
    },
    [check, choices, open],
  );

  const run = useCallback(
    async (sheet: OpenSheet, from: ImportTally) => {
      let tally = from;
      abort.current = new AbortController();
      setStage({ at: "running", sheet, tally });
      try {
        const options = { ...optionsOf(choices), signal: abort.current.signal };
        tally = await runImport(sheet, options, from, (progress) => {
          tally = progress;
          setStage({ at: "running", sheet, tally });
        });
        setStage({ at: "done", sheet, tally });
      } catch (error) {
        setStage({ at: "stopped", sheet, tally, error });
      }
      await refreshContactLists(client);
    },
    [choices, client],
  );

  return {
    stage,
    choices,
    start,
    choose,
    editCell,
    run: () => {
      if (stage.at !== "preview") return;
      const { sheet, preview } = stage;
      // The dry run has counted the rows of a file that goes whole.
      const rows = sheet.kind === "whole" ? preview?.answer.received : sheet.count;
      void run(sheet, emptyTally(rows ?? 0));
    },
    resume: () => {
      if (stage.at !== "stopped") return;
      // The time while stopped does not count.
      const { tally } = stage;
      void run(stage.sheet, { ...tally, startedAt: Date.now() - spentMs(tally) });
    },
    stop: () => abort.current.abort(),
    reset: () => {
      open?.close();
      setStage({ at: "drop" });
    },
  };
}

function spentMs({ done, startedAt }: ImportTally): number {
  return done > 0 ? Date.now() - startedAt : 0;
}

function optionsOf(choices: ImportChoices): ImportOptions {
  const { mapping, ...rest } = choices;
  return Object.keys(mapping).length > 0 ? { ...rest, mapping } : rest;
}
