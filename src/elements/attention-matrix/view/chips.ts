/** The text as a line of tokens; the highlighted one colors the others by its weights on them. */
import {html, type TemplateResult} from 'lit';
import {visibleToken} from '../../../ui/base/format.js';
import {type ColorScale, textOn} from '../../../viz/color.js';
import type {Theme} from '../../../viz/theme.js';
import {type AttentionData, headMatrix} from '../data/attention-data.js';
import type {HeadChoice, Highlight} from '../data/choice.js';

/** A longer text has no line of tokens: it would fill the page. */
export const MAX_CHIPS = 256;

export interface ChipOptions {
  data: AttentionData;
  chosen: HeadChoice;
  highlighted: Highlight;
  /** The row that an exercise hides. */
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
  /** The weight of token `i` in the highlighted row, or column if no row is highlighted. */
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
  // Hidden from screen readers: the table and the cursor in the matrix say the same.
  return html`<div
    class="chips"
    part="tokens"
    dir="auto"
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
