/** Whether a viewer sees at least half of an element. */
export function isInView(element: Element): boolean {
  const { top, height } = element.getBoundingClientRect();
  const middle = top + height / 2;
  return middle >= 0 && middle <= innerHeight;
}

/** Whether a video in a shadow root has a window of its own. */
export function isInPictureInPicture(root: HTMLElement | DocumentFragment): boolean {
  return root instanceof ShadowRoot && Boolean(root.pictureInPictureElement);
}
