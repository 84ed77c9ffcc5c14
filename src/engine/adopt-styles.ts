/**
 * Styles for the shadow tree that a node is in, made by script, which no policy forbids.
 *
 * @returns `undefined` where the node is in none, or the browser knows no such styles
 */
export function adoptStyles(node: Node): CSSStyleSheet | undefined {
  const root = node.getRootNode();
  if (!(root instanceof ShadowRoot) || !('adoptedStyleSheets' in root)) return undefined;
  const sheet = new CSSStyleSheet();
  root.adoptedStyleSheets.push(sheet);
  return sheet;
}
