import {html, type TemplateResult} from 'lit';
import type {PairCount} from '../../tokenizers/bpe/trainer.js';
import {keyTarget} from '../../ui/base/stepping.js';
import {visibleBytes} from '../../ui/views/token-chips.js';
import type {Moment} from './moment.js';

const COLORS = 8;

/** Returns which tokens are the left and the right part of a pair: from left to right, without overlap, as in merging. */
export function placesOf(
  ids: readonly number[],
  {first, second}: Pick<PairCount, 'first' | 'second'>,
): Map<number, 'left' | 'right'> {
  const places = new Map<number, 'left' | 'right'>();
  for (let i = 0; i + 1 < ids.length; i++)
    if (ids[i] === first && ids[i + 1] === second) {
      places.set(i, 'left');
      places.set(++i, 'right');
    }
  return places;
}

export interface TextView {
  moment: Moment;
  /** The pair, or the token, to highlight. */
  pair?: PairCount;
  token?: number;
  highlight: (id: number | undefined) => void;
  /** Moves the highlight by this many tokens. */
  move: (places: number) => void;
}

/** The beginning of the corpus in the tokens at this step. A token has the same color everywhere. */
export function renderText({moment, pair, token, highlight, move}: TextView): TemplateResult {
  const {ids, tokenizer, last} = moment;
  const inPair = pair ? placesOf(ids, pair) : new Map<number, string>();
  return html`<div
    class="text"
    part="text"
    dir="auto"
    role="group"
    aria-label="The beginning of the text, in tokens; arrow keys go from token to token"
    tabindex="0"
    @keydown=${(event: KeyboardEvent) => {
      const places = keyTarget(event, {ArrowLeft: -1, ArrowRight: 1}, 1, -1);
      if (places) move(places);
    }}
    @blur=${() => highlight(undefined)}
    @pointerover=${(event: Event) => highlight(idAt(event))}
    @pointerleave=${() => highlight(undefined)}
  >${ids.map((id, i) => {
    const {label, isText} = visibleBytes(tokenizer.bytes(id));
    const kind = [
      inPair.get(i),
      id === token && 'highlighted',
      id === last?.id && 'new',
      !isText && 'partial',
    ].filter(Boolean);
    return html`<span class="token ${kind.join(' ')}" data-id=${id} .style="--_chip: var(--_token-${(id % COLORS) + 1})">${label}</span>${label.endsWith('↵') ? html`<br />` : ''}<wbr />`;
  })}</div>`;
}

function idAt(event: Event): number | undefined {
  const id = (event.target as Element).closest<HTMLElement>('.token')?.dataset.id;
  return id === undefined ? undefined : Number(id);
}
