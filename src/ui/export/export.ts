/** What the footer’s buttons hand to the reader; loaded with the first press of one. Each says what became of it. */

import {html, type TemplateResult} from 'lit';
import {copyText} from './copy-text.js';
import {type CsvRow, csvFile} from './csv.js';
import {download} from './download.js';
import {embedCode} from './embed.js';

/** A picture of what an element shows. */
export interface Picture {
  svg(): string;
  png(): Promise<Blob>;
}

/** @param name of the file, without its ending */
export async function savePicture(
  element: Element,
  given: Picture | (() => Promise<Picture>),
  kind: 'svg' | 'png',
  name = element.localName,
): Promise<string> {
  const picture = typeof given === 'function' ? await given() : given;
  const content = kind === 'png' ? await picture.png() : new Blob([picture.svg()], {type: 'image/svg+xml'});
  return save(content, `${name}.${kind}`);
}

export async function saveTable(element: Element, rows: Iterable<CsvRow>): Promise<string> {
  return save(await csvFile(rows), `${element.localName}.csv`);
}

function save(content: Blob, name: string): string {
  download(content, name);
  return `Saved ${name}.`;
}

/** Copies the HTML that shows the same element in someone else’s page. Returns a field with the HTML where the browser does not allow it. */
export async function copyEmbed(element: Element): Promise<TemplateResult | string> {
  const code = embedCode(element);
  const ownModel = element.hasAttribute('for') || element.closest('gpt-model');
  if (await copyText(code))
    return `HTML copied: paste it into your page.${ownModel ? ' It will show the model of your page.' : ''}`;
  const select = ({target}: Event): void => (target as HTMLTextAreaElement).select();
  return html`<label
    >The browser did not allow copying. Copy the HTML from here:
    <textarea readonly rows="3" .value=${code} @focus=${select}></textarea
  ></label>`;
}
