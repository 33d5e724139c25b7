import {html, nothing, type TemplateResult} from 'lit';
import type {TrainedTokenizer} from '../../state/text-work.js';
import {whole} from '../../ui/base/whole.js';
import type {Moment} from './moment.js';
import {labelOf} from './pair-bars.js';

/** How many of the newest tokens are shown. */
const NEWEST = 40;
const BYTES = 256;
const COLORS = 8;

/** The size of the vocabulary, and its newest tokens, newest first. */
export function renderVocabulary(
  moment: Moment | undefined,
  trained: TrainedTokenizer | undefined,
  highlighted: number | undefined,
  highlight: (id: number | undefined) => void,
): TemplateResult {
  const tokenizer = moment?.tokenizer;
  const special = tokenizer?.specialTokens.size ?? 0;
  const made = tokenizer ? tokenizer.vocabSize - BYTES - special : 0;
  const newest = [...new Set(trained?.merges.slice(0, moment?.at).map(({id}) => id))]
    .slice(-NEWEST)
    .reverse();
  return html`<h3>Vocabulary${tokenizer ? `: ${whole(tokenizer.vocabSize)} tokens` : nothing}</h3>
    <p class="sum">${
      tokenizer
        ? `${BYTES} bytes + ${whole(made)} made by merging${special ? ` + ${[...tokenizer.specialTokens.keys()].join(', ')}` : ''}`
        : nothing
    }</p>
    <ol class="vocabulary" part="vocabulary" aria-label="The newest tokens, newest first" tabindex="0" @pointerleave=${() => highlight(undefined)}>
      ${newest.map(
        (id) =>
          html`<li class=${id === highlighted ? 'highlighted' : ''} .style="--_chip: var(--_token-${(id % COLORS) + 1})" @pointerenter=${() => highlight(id)}>
            <span class="token">${labelOf(tokenizer!, id)}</span><span class="id">${id}</span>
          </li>`,
      )}
      ${tokenizer && newest.length === 0 ? html`<li class="none">None yet: the first merge makes token ${BYTES}.</li>` : nothing}
    </ol>`;
}
