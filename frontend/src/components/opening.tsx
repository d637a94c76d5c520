/** Stands where a dialog is about to be: what is typed until then is not the view's. */
export function Opening() {
  return <span hidden data-keeps-keys="" />;
}
