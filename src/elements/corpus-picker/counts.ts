import {html, nothing, type TemplateResult} from 'lit';
import type {TextStatistics} from '../../data/statistics.js';
import {visibleWhitespace} from '../../tokenizers/visible.js';
import {percent} from '../../ui/base/format.js';
import {whole} from '../../ui/base/whole.js';
import type {CsvRow} from '../../ui/export/csv.js';

/** How many of the most frequent characters and words are shown. */
const SHOWN = 8;
const EXCERPT = 420;

/** The highlighted character or word. */
export interface Pointed {
  kind: 'character' | 'word';
  text: string;
}

export interface Figure {
  term: string;
  value: number | string | undefined;
  note?: string;
}

export function renderFigures(figures: readonly Figure[]): TemplateResult {
  return html`<dl class="figures" part="figures">
    ${figures.map(
      ({term, value, note}) =>
        html`<div>
          <dt>${term}</dt>
          <dd>
            <span class="value">${typeof value === 'string' ? value : whole(value)}</span
            >${note ? html` <span class="note">${note}</span>` : nothing}
          </dd>
        </div>`,
    )}
  </dl>`;
}

/** The most frequent characters and words; highlighting one marks it in the excerpt. */
export function renderCounts(
  statistics: TextStatistics | undefined,
  pointed: Pointed | undefined,
  point: (pointed: Pointed | undefined) => void,
): TemplateResult {
  const {characterCounts = [], wordCounts = [], characters = 0, words = 0} = statistics ?? {};
  const table = (kind: Pointed['kind'], caption: string, counts: typeof characterCounts, total: number) =>
    html`<table @pointerleave=${() => point(undefined)}>
      <caption>
        ${caption}
      </caption>
      <colgroup>
        <col class="name" />
        <col />
        <col class="times" />
      </colgroup>
      <thead class="visually-hidden">
        <tr>
          <th scope="col">${kind}</th>
          <th scope="col">share</th>
          <th scope="col">times</th>
        </tr>
      </thead>
      <tbody>
        ${Array.from({length: SHOWN}, (_, row) => {
          const [text, n] = counts[row] ?? ['', 0];
          if (!n) return html`<tr><td colspan="3"></td></tr>`;
          const highlighted = pointed?.kind === kind && pointed.text === text;
          return html`<tr class=${highlighted ? 'highlighted' : ''} @pointerenter=${() => point({kind, text})}>
            <th scope="row">
              <button
                class="link"
                aria-pressed=${highlighted}
                @click=${() => point({kind, text})}
                @keydown=${(event: KeyboardEvent) => event.key === 'Escape' && point(undefined)}
                @focus=${() => point({kind, text})}
              >
                ${visibleWhitespace(text)}
              </button>
            </th>
            <td class="share">
              <span class="fill" .style="width: ${((100 * n) / (counts[0]?.[1] ?? 1)).toFixed(1)}%"></span>
              <span class="visually-hidden">${percent(n / total)}</span>
            </td>
            <td class="number">${whole(n)}</td>
          </tr>`;
        })}
      </tbody>
    </table>`;
  return html`<div class="counts" part="counts">
    ${table('character', 'Most frequent characters', characterCounts, characters)}
    ${table('word', 'Most frequent words', wordCounts, words)}
  </div>`;
}

/** The beginning of the text, with the highlighted character or word marked. */
export function renderExcerpt(text: string | undefined, pointed: Pointed | undefined): TemplateResult {
  const excerpt = text?.slice(0, EXCERPT) ?? '';
  // No whitespace between these: it would be text.
  return html`<blockquote class="excerpt" part="excerpt" dir="auto" tabindex="0" aria-label="The beginning of the text">${markings(
    excerpt,
    pointed,
  ).map((part, i) =>
    i % 2 ? html`<mark>${visibleWhitespace(part)}</mark>` : part,
  )}${text && text.length > EXCERPT ? ' …' : ''}</blockquote>`;
}

/** Splits the text at the highlighted character or word; the odd parts are the matches. */
export function markings(text: string, pointed: Pointed | undefined): string[] {
  if (!pointed) return [text];
  const literal = pointed.text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const pattern =
    pointed.kind === 'word'
      ? new RegExp(`((?<![\\p{L}\\p{N}])${literal}(?![\\p{L}\\p{N}]))`, 'giu')
      : new RegExp(`(${literal})`, 'gu');
  return text.split(pattern);
}

/** Returns every character and word with its count as rows of a CSV file. */
export function* countRows({characterCounts, wordCounts}: TextStatistics): Generator<CsvRow> {
  yield ['kind', 'text', 'count'];
  for (const [text, n] of characterCounts) yield ['character', text, n];
  for (const [text, n] of wordCounts) yield ['word', text, n];
}
