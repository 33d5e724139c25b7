/**
 * The field for the text. Behind it lies the same text once more, in the same type, colored by tokens: so the tokens show
 * in the very text that is being written, and the field keeps all that a field can do, undo included.
 */
import {html, type TemplateResult} from 'lit';
import type {TokenSpan} from '../../ui/views/token-spans.js';
import {LONGEST_EDITED} from '../../ui/views/token-text.js';

const COLORS = 8;

export interface TextBoxView {
  text: string;
  spans: readonly TokenSpan[];
  highlighted: TokenSpan | undefined;
  /** The text was edited. */
  edit: (text: string) => void;
  /** The caret stands behind this character. */
  caret: (character: number) => void;
  /** The span under the pointer. */
  hover: (span: TokenSpan | undefined) => void;
}

export function renderTextBox({text, spans, highlighted, edit, caret, hover}: TextBoxView): TemplateResult {
  const onCaret = (event: Event) => {
    const {selectionStart} = event.target as HTMLTextAreaElement;
    caret(Math.max(0, selectionStart - 1));
  };
  return html`<div class="box" part="input">
    <div class="mirror" aria-hidden="true">${spans.map(
      (span) => html`<span
          data-span=${span.first}
          class=${span === highlighted ? 'highlighted' : ''}
          .style="--_chip: var(--_token-${(span.first % COLORS) + 1})"
          >${text.slice(span.start, span.end)}</span
        >`,
    )}${text.slice(spans.at(-1)?.end ?? 0)}\u200b</div>
    <textarea
      id="text"
      spellcheck="false"
      autocomplete="off"
      autocapitalize="off"
      rows="1"
      @beforeinput=${(event: InputEvent) => takeLong(event, edit)}
      @input=${(event: Event) => edit((event.target as HTMLTextAreaElement).value)}
      @keyup=${onCaret}
      @pointerup=${onCaret}
      @select=${onCaret}
      @pointermove=${(event: PointerEvent) => event.pointerType !== 'touch' && hover(spanUnder(event, spans))}
      @pointerleave=${() => hover(undefined)}
    ></textarea>
  </div>`;
}

/** A paste, or a drop, that makes the text too long for the field does not go through the field at all. */
function takeLong(event: InputEvent, edit: (text: string) => void): void {
  const {value, selectionStart, selectionEnd} = event.target as HTMLTextAreaElement;
  const added = event.data ?? event.dataTransfer?.getData('text/plain') ?? '';
  if (value.length - (selectionEnd - selectionStart) + added.length <= LONGEST_EDITED) return;
  event.preventDefault();
  edit(value.slice(0, selectionStart) + added + value.slice(selectionEnd));
}

/** The field lies on top; what lies behind it at the pointer is the token. */
function spanUnder(event: PointerEvent, spans: readonly TokenSpan[]): TokenSpan | undefined {
  const root = (event.target as Element).getRootNode() as ShadowRoot;
  for (const element of root.elementsFromPoint(event.clientX, event.clientY)) {
    const first = (element as HTMLElement).dataset.span;
    if (first !== undefined) return spans.find((span) => span.first === Number(first));
  }
  return undefined;
}
