import {html, type TemplateResult} from 'lit';
import {tokenLabel} from '../../tokenizers/token-label.js';
import type {Tokenizer} from '../../tokenizers/tokenizer.js';
import {visibleToken} from '../../ui/base/format.js';

export interface PassageView {
  tokens: Int32Array;
  tokenizer: Tokenizer;
  /** The window's first token. */
  start: number;
  contextLength: number;
  /** The next window's first token. */
  next?: number;
  /** The highlighted token. */
  highlighted?: number;
  /** First and one past the last token on show. */
  from: number;
  to: number;
  point(token: number | undefined): void;
  /** The pointer was pressed on a token. */
  grab(token: number): void;
  /** The pointer was dragged to a token. */
  drag(token: number): void;
  keydown(event: KeyboardEvent): void;
  valueText: string;
  place: number;
  count: number;
}

/**
 * Returns the part of the text to show. It does not change until the window leaves it.
 * @param room How many tokens fit; a longer window is shown in any case.
 */
export function passageAround(
  start: number,
  contextLength: number,
  length: number,
  room: number,
  before: {from: number; to: number} | undefined,
): {from: number; to: number} {
  const end = Math.min(length, start + contextLength + 1);
  const size = Math.max(room, contextLength + 1);
  const fits = before && before.to <= length && before.to - before.from === Math.min(size, length);
  if (fits && start >= before.from && end <= before.to) return before;
  const from = Math.max(0, Math.min(start - Math.floor((size - contextLength) / 4), length - size));
  return {from, to: Math.min(length, Math.max(from + size, end))};
}

/** A part of the text with the window on it: the input framed, then the last target. Moved by dragging or with the arrow keys. */
export function renderPassage(view: PassageView): TemplateResult {
  const {
    tokens,
    tokenizer,
    start,
    contextLength,
    next = Number.POSITIVE_INFINITY,
    highlighted,
    from,
    to,
  } = view;
  const tokenAt = (event: PointerEvent): number | undefined => {
    // The events of a captured pointer have the passage as their target.
    const root = (event.currentTarget as HTMLElement).getRootNode() as ShadowRoot;
    const under = root.elementFromPoint(event.clientX, event.clientY);
    const index = under?.closest<HTMLElement>('[data-token]')?.dataset.token;
    return index === undefined ? undefined : Number(index);
  };
  const onDown = (event: PointerEvent): void => {
    const token = tokenAt(event);
    if (token === undefined || event.button !== 0) return;
    (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId);
    view.grab(token);
  };
  const onMove = (event: PointerEvent): void => {
    const token = tokenAt(event);
    const dragging = (event.currentTarget as HTMLElement).hasPointerCapture(event.pointerId);
    if (dragging && token !== undefined) view.drag(token);
    else if (!dragging && event.pointerType !== 'touch') view.point(token);
  };
  // No whitespace between these: it would be text.
  return html`<div
    class="passage"
    dir="auto"
    part="text"
    role="slider"
    tabindex="0"
    aria-label="Position of the window in the text"
    aria-valuemin="1"
    aria-valuemax=${view.count}
    aria-valuenow=${view.place + 1}
    aria-valuetext=${view.valueText}
    @keydown=${view.keydown}
    @pointerdown=${onDown}
    @pointermove=${onMove}
    @pointerleave=${() => view.point(undefined)}
  >${from > 0 ? '… ' : ''}${Array.from({length: to - from}, (_, i) => {
    const token = from + i;
    const place =
      token < start || token > start + contextLength
        ? ''
        : token === start + contextLength
          ? 'next'
          : token === start
            ? 'input first'
            : token === start + contextLength - 1
              ? 'input last'
              : 'input';
    const then = token >= next && token < next + contextLength ? ' then' : '';
    const single = contextLength === 1 && token === start ? ' last' : '';
    const text = tokenLabel(tokenizer, tokens[token]!);
    return html`<span class="t ${place}${single}${then}${token === highlighted ? ' highlighted' : ''}" data-token=${token}
      >${place ? visibleToken(text) : text.replaceAll('\n', '↵')}</span
    >`;
  })}${to < tokens.length ? ' …' : ''}</div>`;
}
