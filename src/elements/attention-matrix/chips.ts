/** The text as a line of tokens: pointing at one shows on the others what it looks at. */
import {html, type TemplateResult} from 'lit';
import {visibleToken} from '../../ui/base/format.js';
import {type ColorScale, textOn} from '../../viz/color.js';
import type {Theme} from '../../viz/theme.js';
import {type AttentionData, headMatrix} from './attention-data.js';
import type {HeadChoice, Highlight} from './choice.js';

/** A longer text is not repeated as a line of tokens: it would fill the page. */
export const MOST_CHIPS = 256;

export interface ChipOptions {
  data: AttentionData;
  chosen: HeadChoice;
  highlighted: Highlight;
  /** A row that an exercise keeps to itself. */
  hidden?: number;
  scale: ColorScale;
  theme: Theme;
  hover: (highlighted: Highlight | undefined) => void;
  choose: (highlighted: Highlight) => void;
}

export function renderChips({
  data,
  chosen,
  highlighted,
  hidden,
  scale,
  theme,
  hover,
  choose,
}: ChipOptions): TemplateResult {
  const size = data.tokens.length;
  const weights = data.weights[chosen.layer];
  const matrix = weights && headMatrix(weights, chosen.head, size);
  /** The weight of token `i` in the row that is highlighted, or in the column where only that is. */
  const weightOf = (i: number): number | undefined => {
    if (!matrix || hidden !== undefined) return undefined;
    if (highlighted.query !== undefined) return matrix[highlighted.query * size + i];
    return highlighted.key === undefined ? undefined : matrix[i * size + highlighted.key];
  };
  const chip = (token: string, i: number): TemplateResult => {
    const weight = weightOf(i);
    const background = scale.color(weight ?? 0);
    const side = i === highlighted.query ? 'query' : i === highlighted.key ? 'key' : '';
    const written = data.written !== undefined && i >= data.written ? 'written' : '';
    return html`<span
      class="chip ${side} ${written}"
      data-token=${i}
      .style="background-color: ${background}; color: ${textOn(background, theme)}"
      >${visibleToken(token)}</span
    >`;
  };
  const tokenAt = (event: Event): number | undefined => {
    const index = (event.target as HTMLElement).dataset.token;
    return index === undefined ? undefined : Number(index);
  };
  // The table and the cursor in the matrix say the same to those who do not see this.
  return html`<div
    class="chips"
    part="tokens"
    aria-hidden="true"
    @pointerover=${(event: PointerEvent) => {
      const query = tokenAt(event);
      if (event.pointerType !== 'touch') hover(query === undefined ? undefined : {query});
    }}
    @pointerleave=${() => hover(undefined)}
    @click=${(event: Event) => {
      const query = tokenAt(event);
      if (query !== undefined) choose({query});
    }}
  >
    ${data.tokens.map(chip)}
  </div>`;
}
