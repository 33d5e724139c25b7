/** The HTML that shows the same element, with the same settings, in someone else's page, with that page's model. */
import {VERSION} from './version.js';

/** Attributes that belong to this page and not to the element's settings. */
const LOCAL = new Set(['id', 'class', 'style', 'slot', 'for', 'hidden', 'part', 'recorded', 'tabindex']);

const escapeHtml = (text: string): string =>
  text.replace(/&/g, '&amp;').replace(/"/g, '&quot;').replace(/</g, '&lt;');

const FALLBACK = `https://cdn.jsdelivr.net/npm/gpt-elements@${VERSION}/dist/cdn/`;

/** Where the elements' files are: the folder that this page itself loads them from, else this version on a CDN. */
function cdnFolder(): string {
  // Not `new URL('.', import.meta.url)`, which bundlers take for a file of the package.
  const folder = import.meta.url.replace(/[^/]*$/, '');
  return /^https?:.*\/cdn\/$/.test(folder) ? folder : FALLBACK;
}

export function embedCode(element: Element): string {
  const attributes = [...element.attributes]
    .filter(({name}) => !LOCAL.has(name) && !name.startsWith('data-'))
    .map(({name, value}) => (value === '' ? ` ${name}` : ` ${name}="${escapeHtml(value)}"`))
    .join('');
  const tag = element.localName;
  return `<script type="module" src="${cdnFolder()}${tag}.js"></script>\n` + `<${tag}${attributes}></${tag}>`;
}
