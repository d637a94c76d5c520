import { beforeEach, expect, it, vi } from "vitest";
import { hotkeysRest, noteClick } from "./hotkey-guard";

beforeEach(() => {
  document.body.innerHTML = "";
  // This DOM has no layout: everything that is not hidden counts as visible.
  Element.prototype.checkVisibility = function () {
    return !(this as HTMLElement).hidden;
  };
});

function rests(key: string, html: string, focus?: string, init: KeyboardEventInit = {}): boolean {
  document.body.innerHTML = html;
  const target = focus ? document.querySelector<HTMLElement>(focus) : document.body;
  target?.focus();
  const event = new KeyboardEvent("keydown", { key, bubbles: true, ...init });
  const seen = vi.fn((heard: KeyboardEvent) => hotkeysRest(heard));
  addEventListener("keydown", seen, { once: true });
  target?.dispatchEvent(event);
  return seen.mock.results[0]?.value as boolean;
}

it.each([
  '<div role="dialog">Tag</div>',
  '<div role="alertdialog">Sure?</div>',
  '<div role="menu">Export</div>',
  '<div role="listbox">People</div>',
  '<section aria-modal="true">Keys</section>',
  "<dialog open>Keys</dialog>",
  '<span hidden data-keeps-keys=""></span>',
  '<button aria-haspopup="dialog" aria-expanded="true">Tag</button>',
])("rests under %s, wherever the focus is, and with Ctrl too", (html) => {
  expect(rests("#", html)).toBe(true);
  expect(rests("k", html, undefined, { ctrlKey: true })).toBe(true);
});

it.each(["input", "textarea", "select"])("rests while one is in a field: %s", (field) => {
  const html = `<${field}></${field}>`;
  expect(rests("#", html, field)).toBe(true);
  expect(rests("Escape", html, field)).toBe(true);
  expect(rests("k", html, field, { ctrlKey: true })).toBe(false);
});

it("works on a checkbox, beside a popup that is closed, and on the view", () => {
  expect(rests("x", '<input type="checkbox">', "input")).toBe(false);
  expect(rests("x", '<div role="dialog" hidden></div>')).toBe(false);
  expect(rests("#", "<main></main>")).toBe(false);
});

it("goes back by Esc from a panel that covers the view, and does nothing else there", () => {
  const html = '<aside data-floats="" style="position: fixed"></aside>';
  expect(rests("#", html)).toBe(true);
  expect(rests("Escape", html)).toBe(false);
});

it("rests for a moment after a click on a control: what it opens may not stand yet", () => {
  const click = (html: string) => {
    document.body.innerHTML = html;
    addEventListener("click", noteClick, { capture: true, once: true });
    document.querySelector<HTMLElement>("[data-click]")?.click();
  };
  const now = vi.spyOn(Event.prototype, "timeStamp", "get");
  now.mockReturnValue(10_000);
  click("<button><span data-click>Add</span></button>");
  now.mockReturnValue(10_399);
  expect(rests("#", "<main></main>")).toBe(true);
  expect(rests("Escape", "<main></main>")).toBe(false);
  now.mockReturnValue(10_401);
  expect(rests("#", "<main></main>")).toBe(false);
  click('<div role="row" data-click></div>');
  expect(rests("#", "<main></main>")).toBe(false);
  now.mockRestore();
});
