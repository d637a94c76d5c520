/** A placeholder for a dialog that is loading: keys typed meanwhile do not reach the view. */
export function Opening() {
  return <span hidden data-keeps-keys="" />;
}
