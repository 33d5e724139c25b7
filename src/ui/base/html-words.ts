/** The words of a web page's source. */
import {Slice} from '../../tokenizers/slices.js';

/** Elements that begin and end a line. */
const LINES = new Set(
  (
    'address article aside blockquote br dd div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 header hr li main nav ' +
    'ol p pre section table td th tr ul'
  ).split(' '),
);
/** Elements that show no text. */
const SILENT = new Set('head script style template noscript svg'.split(' '));
/** Characters that are parsed in a few milliseconds. */
const PART = 32_768;

/**
 * The text that a browser would show, without tags. The source is parsed into a document of its own, in which no script
 * runs and nothing is loaded; in slices, so that the page stays quick.
 */
export async function wordsOfHtml(source: string): Promise<string> {
  const slice = new Slice();
  const page = document.implementation.createHTMLDocument();
  page.open();
  for (let start = 0; start < source.length; start += PART) {
    page.write(source.slice(start, start + PART));
    if (slice.isOver) await slice.next();
  }
  page.close();
  const lines: string[] = [''];
  for (const piece of pieces(page.body)) {
    if (piece !== '\n') lines.push(lines.pop()! + piece);
    else if (lines.at(-1)!.trim() !== '') lines.push('');
    else lines[lines.length - 1] = '';
    if (slice.isOver) await slice.next();
  }
  return lines
    .map((line) => line.trim())
    .join('\n')
    .trim();
}

/** Texts with their white space taken together, and a newline where a line begins or ends. */
function* pieces(node: Node): Generator<string, void, void> {
  for (const child of node.childNodes) {
    if (child.nodeType === Node.TEXT_NODE) yield child.nodeValue!.replace(/\s+/g, ' ');
    const name = child.nodeName.toLowerCase();
    if (SILENT.has(name)) continue;
    if (LINES.has(name)) yield '\n';
    yield* pieces(child);
    if (LINES.has(name)) yield '\n';
  }
}
