import { beforeEach, expect, it, vi } from "vitest";
import { ACTION_MS, TOAST_MS, useToasts } from "./toast-store";

beforeEach(() => {
  vi.useFakeTimers();
  for (const { id } of useToasts.getState().toasts) useToasts.getState().dismiss(id);
});

const texts = () => useToasts.getState().toasts.map(({ text }) => text);

it("goes after a while, later when it offers something, never when it stays", () => {
  const { show } = useToasts.getState();
  show({ tone: "done", text: "saved" });
  show({ tone: "done", text: "deleted", action: { label: "Undo", run: () => undefined } });
  show({ tone: "problem", text: "changed elsewhere", stays: true });
  vi.advanceTimersByTime(TOAST_MS);
  expect(texts()).toEqual(["deleted", "changed elsewhere"]);
  vi.advanceTimersByTime(ACTION_MS);
  expect(texts()).toEqual(["changed elsewhere"]);
});

it("makes room for the newest, but never at the cost of what stays", () => {
  const { show } = useToasts.getState();
  show({ tone: "problem", text: "kept", stays: true });
  for (const text of ["1", "2", "3", "4"]) show({ tone: "done", text });
  expect(texts()).toEqual(["kept", "2", "3", "4"]);
});

it("runs its action once", () => {
  const run = vi.fn();
  const { show, act } = useToasts.getState();
  const id = show({ tone: "done", text: "deleted", action: { label: "Undo", run } });
  act(id);
  act(id);
  expect(run).toHaveBeenCalledOnce();
  expect(texts()).toEqual([]);
});

it("says something else in the same place", () => {
  const { show, update } = useToasts.getState();
  const id = show({ tone: "progress", text: "1 of 2", stays: true });
  update(id, "2 of 2");
  expect(texts()).toEqual(["2 of 2"]);
});
