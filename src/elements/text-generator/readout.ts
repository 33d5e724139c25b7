import {html, type TemplateResult} from 'lit';
import type {LiveModel} from '../../state/index.js';
import {visibleToken} from '../../ui/base/format.js';
import type {Writer} from './writer.js';

export interface ReadoutView {
  model: LiveModel | undefined;
  writer: Writer;
  /** The token whose alternatives are shown. */
  selected: number | undefined;
  prompt: string;
}

/** Whitespace that is the likeliest token, named. */
const NAMED_BLANKS: Record<string, string> = {' ': ', a space,', '\n': ', the end of the line,'};

/** What is shown, in words. */
export function renderReadout({model, writer, selected, prompt}: ReadoutView): TemplateResult | string {
  const {tokens, next, writing} = writer;
  if (model?.status === 'loading') return `${model.loading?.message ?? 'Starting the engine'} …`;
  const token = selected === undefined ? undefined : tokens[selected];
  if (token) {
    const rank = token.candidates.findIndex(({id}) => id === token.id) + 1;
    return html`<code>${visibleToken(token.text)}</code> was drawn with a probability of <span class="number">${token.probability.toFixed(3)}</span>${rank > 1 ? html`; <code>${visibleToken(token.candidates[0]!.text)}</code> would have been likelier` : ', the likeliest here'}.`;
  }
  if (writing) return 'Writing …';
  if (tokens.length)
    return 'Choose any token to see what else could have come there. The stronger its underline, the more probable it was.';
  if (!prompt) return 'With an empty prompt, the model starts a new line.';
  const [likeliest] = next ?? [];
  if (!likeliest) return '';
  const blank = NAMED_BLANKS[likeliest.text] ?? '';
  return html`Most likely <code>${visibleToken(likeliest.text)}</code>${blank} comes next.${cutNote(model, prompt)}`;
}

/** Says so where the prompt is longer than the context. */
function cutNote(model: LiveModel | undefined, prompt: string): string {
  const {contextLength} = model?.config ?? {};
  return contextLength && lengthOf(model!, prompt) > contextLength
    ? ` It reads only the last ${contextLength} tokens.`
    : '';
}

function lengthOf(model: LiveModel, prompt: string): number {
  try {
    return model.encode(prompt).length;
  } catch {
    return 0; // Not open yet, or an unknown character: said elsewhere.
  }
}
