/** Elements that lie over the view: while one is visible, keys do not belong to the view. */
const OVERLAYS = [
  "[aria-modal=true]",
  "[role=dialog]",
  "[role=alertdialog]",
  "[role=menu]",
  "[role=listbox]",
  "dialog[open]",
].join();

/** Elements that take the keys though they lie beside the view, or are about to be shown. */
const KEEPS_KEYS = "[data-keeps-keys]";
/** Buttons whose popup is open, or will be in the next frames: until then nothing of it can be seen. */
const OPENERS = "[aria-haspopup][aria-expanded=true]";
/** Controls whose click may open something. */
const CONTROLS = "button, a[href], summary, [role=button], [role=menuitem], [role=option]";
/** How long after such a click keys are meant for what it opens, though that may not stand yet. */
const OPENING_MS = 400;
/** Elements that cover the view on small screens only: the panel of a contact. */
const FLOATS = "[data-floats]";
const TAKES_TEXT =
  "input:not([type=checkbox], [type=radio], [type=button], [type=submit]), textarea, select";

let clickedAt = -Infinity;

/** Remember a click that may open something. */
export function noteClick(event: MouseEvent): void {
  const isControl = event.target instanceof Element && event.target.closest(CONTROLS);
  if (isControl) clickedAt = event.timeStamp;
}

/**
 * Return whether the view ignores keys: something is open over it, has just been opened, or the
 * user types.
 *
 * Keys with Ctrl or Cmd mean nothing to a field, so they are ignored only while something is open;
 * Esc steps
 * back from a panel that covers the view.
 */
export function hotkeysRest(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.altKey || event.isComposing) return true;
  const mod = event.metaKey || event.ctrlKey;
  if (!mod && (isTyping(event.target) || isTyping(document.activeElement))) return true;
  if (!mod && event.key !== "Escape" && event.timeStamp - clickedAt < OPENING_MS) return true;
  return isOverlayOpen() || (event.key !== "Escape" && isCovered());
}

/** Return whether an element takes text. */
export function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches(TAKES_TEXT));
}

function isOverlayOpen(): boolean {
  if (document.querySelector(`${KEEPS_KEYS}, ${OPENERS}`)) return true;
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
