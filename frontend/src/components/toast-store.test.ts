import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { TOAST_MS, useToasts } from "./toast-store";

beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  for (const { id } of useToasts.getState().toasts) useToasts.getState().dismiss(id);
  vi.useRealTimers();
});

it("settles once when its time has passed", () => {
  const onSettled = vi.fn();
  useToasts.getState().show({ tone: "done", text: "3 deleted", onSettled });
  vi.advanceTimersByTime(TOAST_MS - 1);
  expect(onSettled).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(onSettled).toHaveBeenCalledOnce();
  vi.advanceTimersByTime(TOAST_MS);
  expect(onSettled).toHaveBeenCalledOnce();
});

it("undoes instead of settling when its action is taken", () => {
  const onSettled = vi.fn();
  const run = vi.fn();
  const { show, dismiss } = useToasts.getState();
  const id = show({ tone: "done", text: "3 deleted", action: { label: "Undo", run }, onSettled });
  dismiss(id, true);
  vi.advanceTimersByTime(TOAST_MS);
  expect(run).toHaveBeenCalledOnce();
  expect(onSettled).not.toHaveBeenCalled();
});

it("settles what newer toasts push out", () => {
  const onSettled = vi.fn();
  const { show } = useToasts.getState();
  show({ tone: "done", text: "first", onSettled });
  for (const text of ["second", "third", "fourth"]) show({ tone: "done", text });
  expect(onSettled).toHaveBeenCalledOnce();
  expect(useToasts.getState().toasts).toHaveLength(3);
});
