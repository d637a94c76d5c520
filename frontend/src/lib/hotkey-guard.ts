/** What lies over the view while it is shown: whoever types then does not mean the view. */
const OVERLAYS = [
  "[aria-modal=true]",
  "[role=dialog]",
  "[role=alertdialog]",
  "[role=menu]",
  "[role=listbox]",
  "dialog[open]",
].join();

/** What keeps the keys for itself though it lies beside the view, or is only about to be shown. */
const KEEPS_KEYS = "[data-keeps-keys]";
/** What lies over the view on small screens only: the panel of a contact. */
const FLOATS = "[data-floats]";
const TAKES_TEXT =
  "input:not([type=checkbox], [type=radio], [type=button], [type=submit]), textarea, select";

/**
 * Tells whether the view's keys rest: anything is open over it, or somebody types.
 *
 * Keys with Ctrl or Cmd mean nothing to a field, so they rest only under what is open; Esc steps
 * back from a panel that covers the view.
 */
export function hotkeysRest(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.altKey || event.isComposing) return true;
  const mod = event.metaKey || event.ctrlKey;
  if (!mod && (isTyping(event.target) || isTyping(document.activeElement))) return true;
  return isOverlayOpen() || (event.key !== "Escape" && isCovered());
}

/** Tells whether an element takes what is typed. */
export function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches(TAKES_TEXT));
}

function isOverlayOpen(): boolean {
  if (document.querySelector(KEEPS_KEYS)) return true;
  return [...document.querySelectorAll(OVERLAYS)].some((overlay) =>
    // A popup that is closed stays in the page, unseen.
    overlay.checkVisibility({ visibilityProperty: true }),
  );
}

function isCovered(): boolean {
  return [...document.querySelectorAll(FLOATS)].some(
    (panel) => getComputedStyle(panel).position === "fixed",
  );
}
