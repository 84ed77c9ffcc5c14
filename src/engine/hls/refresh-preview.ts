/**
 * Has media-chrome's controls around a video ask again for the picture of the place that is pointed
 * at, if one is: they ask when the pointer moves, and the picture comes a moment after that.
 */
export function refreshPreview(video: Node): void {
  for (let node: Node | null = video; node !== null; node = findParent(node)) {
    const seconds = node instanceof Element ? node.getAttribute('mediapreviewtime') : null;
    if (seconds === null) continue;
    node.dispatchEvent(new CustomEvent('mediapreviewrequest', { detail: Number(seconds) }));
    return;
  }
}

/** What a node is seen in. */
function findParent(node: Node): Node | null {
  if (node instanceof ShadowRoot) return node.host;
  return (node instanceof Element ? node.assignedSlot : null) ?? node.parentNode;
}
