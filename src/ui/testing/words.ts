/** Returns the text of a node with its white space collapsed, as a reader sees it. */
export const words = (node: Node | null | undefined): string =>
  (node?.textContent ?? '').replace(/\s+/g, ' ').trim();
