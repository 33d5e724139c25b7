import {html, type TemplateResult} from 'lit';
import type {PairCount} from '../../tokenizers/bpe/trainer.js';
import type {Tokenizer} from '../../tokenizers/tokenizer.js';
import {keyTarget} from '../../ui/base/stepping.js';
import {visibleBytes} from '../../ui/views/token-chips.js';

export const sameness = ({first, second}: PairCount): string => `${first} ${second}`;

export const labelOf = (tokenizer: Tokenizer, id: number): string => visibleBytes(tokenizer.bytes(id)).label;

export interface BarsView {
  tokenizer: Tokenizer;
  pairs: readonly PairCount[];
  /** The pair that is highlighted in the text. */
  highlighted?: PairCount;
  highlight: (pair: PairCount | undefined) => void;
  /** How many rows to reserve, filled or not. */
  rows: number;
}

/** The most frequent pairs as bars; the first is merged next. */
export function renderBars({tokenizer, pairs, highlighted, highlight, rows}: BarsView): TemplateResult {
  if (pairs.length === 0)
    return html`<div class="pairs" .style="--_rows: ${rows}">
      <p class="none">No pair of tokens is frequent enough any more.</p>
    </div>`;
  const most = pairs[0]!.count;
  const isHighlighted = (pair: PairCount): boolean =>
    highlighted !== undefined && sameness(highlighted) === sameness(pair);
  const current = Math.max(0, pairs.findIndex(isHighlighted));
  return html`<div
    class="pairs"
    part="pairs"
    role="listbox"
    aria-label="The most frequent pairs; the first is merged next"
    .style="--_rows: ${rows}"
    @pointerleave=${() => highlight(undefined)}
    @focusout=${() => highlight(undefined)}
    @keydown=${onKeydown}
  >
    ${pairs.map((pair, i) => {
      const [first, second] = [labelOf(tokenizer, pair.first), labelOf(tokenizer, pair.second)];
      return html`<div
        role="option"
        class="pair ${i === 0 ? 'next' : ''}"
        tabindex=${i === current ? 0 : -1}
        aria-selected=${isHighlighted(pair)}
        @pointerenter=${() => highlight(pair)}
        @focus=${() => highlight(pair)}
      >
        <span class="parts"><span class="part">${first}</span><span class="visually-hidden"> and </span><span class="part">${second}</span></span>
        <span class="track"><span class="fill" .style="width: ${((100 * pair.count) / most).toFixed(2)}%"></span></span>
        <span class="count">${pair.count.toLocaleString('en')}</span>
        <span class="visually-hidden">times${i === 0 ? ', merged next' : ''}</span>
      </div>`;
    })}
  </div>`;
}

function onKeydown(event: KeyboardEvent): void {
  const options = [...(event.currentTarget as Element).querySelectorAll<HTMLElement>('[role=option]')];
  const now = options.indexOf(event.target as HTMLElement);
  const last = options.length - 1;
  const to = keyTarget(event, {ArrowUp: now - 1, ArrowDown: now + 1, Home: 0, End: last}, last);
  if (to !== undefined) options[to]!.focus();
}
