import {html, type TemplateResult} from 'lit';
import {hex, visibleBytes} from '../../ui/views/token-chips.js';
import type {TokenSpan} from '../../ui/views/token-spans.js';
import type {EncodedText} from '../../ui/views/token-text.js';

/** Describes the highlighted token, or the tokens that a character is split into. */
export function tokenWords(
  {tokenizer, ids, text}: EncodedText,
  span: TokenSpan | undefined,
): TemplateResult | string {
  if (!span) return 'Point at a token, or move the caret.';
  if (span.count > 1) {
    const numbers = Array.from({length: span.count}, (_, i) => ids[span.first + i]!);
    const bytes = numbers.map((id) => hex(tokenizer.bytes(id))).join(' | ');
    const {label} = visibleBytes(new TextEncoder().encode(text.slice(span.start, span.end)));
    return html`<code>${label}</code> is split into ${span.count} tokens, ${numbers.join(', ')}, none of which is a whole character. Their bytes: <code>${bytes}</code>.`;
  }
  const id = ids[span.first]!;
  const bytes = tokenizer.bytes(id);
  const size = bytes.length === 1 ? 'one byte' : `${bytes.length} bytes`;
  return html`<code>${visibleBytes(bytes).label}</code> is token <span class="number">${id}</span>: ${size}, <code>${hex(bytes)}</code>.`;
}
