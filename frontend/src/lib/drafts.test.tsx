import { act, createElement, useLayoutEffect } from "react";
import { createRoot } from "react-dom/client";
import { beforeEach, expect, it, vi } from "vitest";
import { useDraft, useDrafts } from "./drafts";
import { useSession } from "./session";

(globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;

type Save = (text: string, base: string) => Promise<void>;
let draft: ReturnType<typeof useDraft>;
const root = createRoot(document.createElement("div"));

function Field({ stored, save }: { stored: string; save: Save }) {
  const current = useDraft("notes", stored, save);
  useLayoutEffect(() => {
    draft = current;
  });
  return null;
}
const show = (stored: string, save: Save = () => Promise.resolve()) =>
  act(() => root.render(createElement(Field, { stored, save })));
const type = (text: string) => act(() => draft.type(text));
const save = () => act(() => draft.save().catch(() => undefined));

beforeEach(() => act(() => useDrafts.setState({ drafts: {} })));

it("follows what is stored and saves nothing until one types", async () => {
  const send = vi.fn(() => Promise.resolve());
  show("first", send);
  show("second", send);
  expect(draft.text).toBe("second");
  await save();
  type("third");
  type("second");
  await save();
  expect(send).not.toHaveBeenCalled();
});

it("saves over what was shown when one began to type", async () => {
  const send = vi.fn(() => Promise.resolve());
  show("first", send);
  type("first!");
  await save();
  expect(send).toHaveBeenCalledExactlyOnceWith("first!", "first");
  expect(useDrafts.getState().drafts).toEqual({});
});

it("keeps what was typed beside what is newer, and does not save over it", async () => {
  const send = vi.fn(() => Promise.resolve());
  show("first", send);
  type("mine");
  show("second", send);
  await save();
  expect(send).not.toHaveBeenCalled();
  expect(draft).toMatchObject({ text: "mine", theirs: "second" });
});

it("keeps what was typed when saving fails, and what was typed meanwhile when it works", async () => {
  show("first", () => Promise.reject(new Error("no")));
  type("mine");
  await save();
  expect(draft).toMatchObject({ text: "mine", isChanged: true });
  let done: () => void = () => undefined;
  show("first", () => new Promise((resolve) => (done = resolve)));
  act(() => void draft.save());
  type("mine, and more");
  await act(async () => {
    done();
    await Promise.resolve();
  });
  show("mine");
  expect(draft).toMatchObject({ text: "mine, and more", theirs: null, isChanged: true });
});

it("is discarded by signing out, and kept when a token ends", () => {
  const { signIn, signOut, expire } = useSession.getState();
  act(() => signIn({ token: "t", renewal: null }));
  show("first");
  type("mine");
  act(expire);
  expect(useDrafts.getState().drafts).not.toEqual({});
  act(() => signIn({ token: "t", renewal: null }));
  act(signOut);
  expect(useDrafts.getState().drafts).toEqual({});
});
