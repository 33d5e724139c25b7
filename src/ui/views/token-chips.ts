/** A text as a row of token chips, each with its id: pointing at one, or moving to it with the arrow keys, lights it. */
import {html, nothing, type TemplateResult} from 'lit';
import type {Tokenizer} from '../../tokenizers/tokenizer.js';
import {visibleWhitespace} from '../../tokenizers/visible.js';
import {indexFor} from '../base/stepping.js';

/** Chips drawn at most: a reader looks at no more, and a page stays quick. */
export const MAX_CHIPS = 1000;
/** Pale colors, in turn (`--gpt-token-1` … `8`). */
const COLORS = 8;

const utf8 = new TextDecoder('utf-8', {fatal: true, ignoreBOM: true});

export const hex = (bytes: Iterable<number>): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(' ');

/** Bytes as a reader sees them: text with its white space made visible, or hexadecimal where they are no whole characters. */
export function visibleBytes(bytes: Uint8Array): {label: string; isText: boolean} {
  try {
    return {label: visibleWhitespace(utf8.decode(bytes)), isText: true};
  } catch {
    return {label: hex(bytes), isText: false};
  }
}

export interface ChipsView {
  /** What the list is, for those who hear it. */
  label: string;
  tokenizer: Tokenizer;
  ids: ArrayLike<number>;
  /** Index of the chip that is highlighted, and of the one that the Tab key reaches. */
  highlighted?: number;
  current: number;
  withIds?: boolean;
  /** A chip is pointed at; `undefined`: none any more. */
  hover: (index: number | undefined) => void;
  /** A chip was clicked, or reached with the keyboard. */
  choose: (index: number) => void;
}

export function renderChips(view: ChipsView): TemplateResult {
  const {label, tokenizer, ids, highlighted, current, withIds = true, hover, choose} = view;
  const specials = new Set(tokenizer.specialTokens.values());
  const count = Math.min(ids.length, MAX_CHIPS);
  const chip = (id: number, index: number): TemplateResult => {
    const bytes = tokenizer.bytes(id);
    const {label: shown, isText} = visibleBytes(bytes);
    const kind = specials.has(id) ? 'special' : isText ? '' : 'partial';
    return html`<span
        role="option"
        class="chip ${kind}"
        data-index=${index}
        tabindex=${index === current ? 0 : -1}
        aria-selected=${index === highlighted}
        .style="--_chip: var(--_token-${(index % COLORS) + 1})"
        ><span class="token">${shown}</span> ${withIds ? html`<span class="id">${id}</span>` : nothing}</span
      >${bytes.includes(10) ? html`<span class="break"></span>` : nothing}`;
  };
  return html`<div
    class="chips"
    part="tokens"
    dir="auto"
    role="listbox"
    aria-label=${label}
    aria-orientation="horizontal"
    @pointerover=${(event: PointerEvent) => event.pointerType !== 'touch' && hover(indexOf(event))}
    @pointerleave=${() => hover(undefined)}
    @click=${(event: Event) => ifThere(indexOf(event), choose)}
    @focusin=${(event: Event) => ifThere(indexOf(event), choose)}
    @keydown=${(event: KeyboardEvent) => move(event, current, count)}
    >${Array.from({length: count}, (_, index) => chip(ids[index]!, index))}</div
  >`;
}

function indexOf(event: Event): number | undefined {
  const index = (event.target as Element).closest<HTMLElement>('.chip')?.dataset.index;
  return index === undefined ? undefined : Number(index);
}

function ifThere(index: number | undefined, choose: (index: number) => void): void {
  if (index !== undefined) choose(index);
}

function move(event: KeyboardEvent, from: number, count: number): void {
  const to = indexFor(event, from, count);
  if (to !== undefined) (event.currentTarget as Element).querySelectorAll<HTMLElement>('.chip')[to]?.focus();
}
