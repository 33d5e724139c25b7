/**
 * The text field. Behind it lies the same text in the same font, colored by tokens: so the tokens show in the text that
 * is being edited, and the field keeps everything that a native field can do, undo included.
 */
import {html, type TemplateResult} from 'lit';
import type {TokenSpan} from '../../ui/views/token-spans.js';
import {LONGEST_EDITED} from '../../ui/views/token-text.js';
import type {FieldText} from './field-text.js';

const COLORS = 8;

export interface TextBoxView {
  field: FieldText;
  spans: readonly TokenSpan[];
  highlighted: TokenSpan | undefined;
  /** The text was edited. */
  edit: (text: string) => void;
  /** The caret stands behind the character at this index of the text. */
  caret: (index: number) => void;
  /** The span under the pointer. */
  hover: (span: TokenSpan | undefined) => void;
}

export function renderTextBox({field, spans, highlighted, edit, caret, hover}: TextBoxView): TemplateResult {
  const onCaret = (event: Event) => {
    const {selectionStart} = event.target as HTMLTextAreaElement;
    caret(field.indexOf(Math.max(0, selectionStart - 1)));
  };
  return html`<div class="box" part="input">
    <div class="mirror" dir="auto" aria-hidden="true">${spans.map(
      (span) => html`<span
          data-span=${span.first}
          class=${span === highlighted ? 'highlighted' : ''}
          .style="--_chip: var(--_token-${(span.first % COLORS) + 1})"
          >${field.slice(span.start, span.end)}</span
        >`,
    )}${field.slice(spans.at(-1)?.end ?? 0)}\u200b</div>
    <textarea
      id="text"
      dir="auto"
      spellcheck="false"
      autocomplete="off"
      autocapitalize="off"
      rows="1"
      @beforeinput=${(event: InputEvent) => takeLong(event, field, edit)}
      @input=${(event: Event) => edit(field.edit((event.target as HTMLTextAreaElement).value))}
      @keyup=${onCaret}
      @pointerup=${onCaret}
      @select=${onCaret}
      @pointermove=${(event: PointerEvent) => event.pointerType !== 'touch' && hover(spanUnder(event, spans))}
      @pointerleave=${() => hover(undefined)}
    ></textarea>
  </div>`;
}

/** A paste, or a drop, that makes the text too long for the field bypasses the field. */
function takeLong(event: InputEvent, field: FieldText, edit: (text: string) => void): void {
  const {value, selectionStart, selectionEnd} = event.target as HTMLTextAreaElement;
  const added = event.data ?? event.dataTransfer?.getData('text/plain') ?? '';
  if (value.length - (selectionEnd - selectionStart) + added.length <= LONGEST_EDITED) return;
  event.preventDefault();
  edit(field.replace(selectionStart, selectionEnd, added));
}

/** Finds the token behind the field at the pointer. */
function spanUnder(event: PointerEvent, spans: readonly TokenSpan[]): TokenSpan | undefined {
  const root = (event.target as Element).getRootNode() as ShadowRoot;
  for (const element of root.elementsFromPoint(event.clientX, event.clientY)) {
    const first = (element as HTMLElement).dataset.span;
    if (first !== undefined) return spans.find((span) => span.first === Number(first));
  }
  return undefined;
}
