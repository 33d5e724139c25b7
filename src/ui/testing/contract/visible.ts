/** Returns the elements of a shadow tree that a reader sees, in the order of the document. */
export function visibleElements(root: ParentNode, selector = '*'): HTMLElement[] {
  return [...root.querySelectorAll<HTMLElement>(selector)].filter(isVisible);
}

export function isVisible(element: Element): boolean {
  if (!element.checkVisibility({visibilityProperty: true, opacityProperty: true})) return false;
  const {width, height} = element.getBoundingClientRect();
  if (width <= 1 || height <= 1) return false; // 1 px: text that only screen readers are told
  for (let around = element.parentElement; around; around = around.parentElement) {
    const box = around.getBoundingClientRect();
    if (box.width <= 1 && box.height <= 1 && getComputedStyle(around).overflow === 'hidden') return false;
  }
  return true;
}

/** Returns the visible elements that have text of their own and no other element in them. */
export const textLeaves = (root: ParentNode): HTMLElement[] =>
  visibleElements(root).filter(
    (element) =>
      element.childElementCount === 0 && element.textContent!.trim() !== '' && element.localName !== 'option',
  );

/** A short name of an element, for messages. */
export function nameOf(element: Element): string {
  const classes = [...element.classList].map((name) => `.${name}`).join('');
  const text = element.textContent!.trim().replace(/\s+/g, ' ').slice(0, 30);
  return `<${element.localName}${classes}>${text && ` “${text}”`}`;
}
