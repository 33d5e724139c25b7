/** The HTML that shows the same element, with the same settings, in someone else's page. */

/** Attributes that belong to this page and not to the element's settings. */
const LOCAL = new Set(['id', 'class', 'style', 'slot', 'for', 'hidden']);

const escapeHtml = (text: string): string =>
  text.replace(/&/g, '&amp;').replace(/"/g, '&quot;').replace(/</g, '&lt;');

export function embedCode(element: Element): string {
  const attributes = [...element.attributes]
    .filter(({name}) => !LOCAL.has(name) && !name.startsWith('data-'))
    .map(({name, value}) => (value === '' ? ` ${name}` : ` ${name}="${escapeHtml(value)}"`))
    .join('');
  const tag = element.localName;
  return (
    `<script type="module" src="https://cdn.jsdelivr.net/npm/gpt-elements/dist/cdn/${tag}.js"></script>\n` +
    `<${tag}${attributes}></${tag}>`
  );
}

/** Copies a text; false where the browser does not allow it. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
