/** Registers an element. A tag that the page has already taken is left alone: theirs may be in use. */
export function define(tag: string, element: CustomElementConstructor): void {
  const existing = customElements.get(tag);
  if (!existing) customElements.define(tag, element);
  else if (existing !== element)
    console.warn(`<${tag}> is already defined on this page; gpt-elements leaves that definition alone.`);
}
