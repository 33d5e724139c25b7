/** Renders a scene: tokens, controls, drawing, text and small pictures. */
import {html, nothing, type TemplateResult} from 'lit';
import {renderLegend} from '../../../ui/views/legend.js';
import type {HeadChoice, Highlight} from '../data/choice.js';
import type {HeadScores} from '../heads/head-scores.js';
import {renderThumbnails} from '../heads/head-thumbnails.js';
import {notable, notableDifference, scoreLine} from '../heads/head-words.js';
import {renderTable} from './attention-table.js';
import {reading} from './attention-words.js';
import {MAX_CHIPS, renderChips} from './chips.js';
import {renderLinks} from './links-view.js';
import {renderPlot} from './plot.js';
import type {Scene} from './scene.js';

export interface ViewOptions {
  /** Whether the data is a placeholder that only reserves room. */
  waiting?: boolean;
  exercise?: TemplateResult;
  controls: TemplateResult | typeof nothing;
  /** The scores of the heads. */
  scores: HeadScores;
  /** Whether the table for screen readers is up to date. */
  withTable?: boolean;
  hover: (highlighted: Highlight | undefined) => void;
  choose: (highlighted: Highlight) => void;
  chooseHead: (choice: HeadChoice) => void;
  keydown: (event: KeyboardEvent) => void;
}

export function renderView(scene: Scene, options: ViewOptions): TemplateResult {
  const {data, chosen, highlighted, hidden, theme, heads, layout, weightScale, compared, drawing, links} =
    scene;
  const {waiting, exercise, controls, scores, withTable, hover, choose, chooseHead, keydown} = options;
  const plot = {data, chosen, highlighted, layout, busy: !drawing, waiting, hidden, hover, choose, keydown};
  return html`
    ${exercise ?? nothing}
    ${
      data.tokens.length > MAX_CHIPS
        ? nothing
        : renderChips({data, chosen, highlighted, hidden, scale: weightScale, theme, hover, choose})
    }
    <div class="main ${layout.stage ? 'beside' : ''}" .style=${layout.stage ? `--stage: ${layout.stage}px` : ''}>
      <div class="stage">
        ${links ? renderLinks(plot, links) : renderPlot(plot)}
        ${renderLegend(drawing?.options.scale, theme, drawing?.legend)} ${controls}
      </div>
      ${renderReadout(scene, scores)}
      ${
        heads
          ? html`<div class="heads ${hidden === undefined ? '' : 'hidden'}">
              ${renderThumbnails(data, chosen, layout.thumbnail, scores, chooseHead)}
            </div>`
          : nothing
      }
    </div>
    ${withTable && hidden === undefined ? html`<div class="visually-hidden">${renderTable(data, chosen, compared)}</div>` : nothing}
  `;
}

const HINT = 'Point at a cell or a token, tap it, or move with the arrow keys.';

function renderReadout(
  {data, chosen, highlighted, hidden, compared, compareProblem}: Scene,
  scores: HeadScores,
): TemplateResult {
  const pattern = scores.pattern(data, chosen);
  const isHighlighted = highlighted.query !== undefined || highlighted.key !== undefined;
  // The sentence about a column names the row that looks at it most, which may be the hidden one.
  const isHidden = hidden !== undefined && isHighlighted && (highlighted.query ?? hidden) === hidden;
  return html`<div class="readout" part="readout">
    <p class="reading">
      ${isHidden ? 'Answer first: this row is hidden until then.' : isHighlighted ? reading(data, chosen, highlighted, compared) : HINT}
    </p>
    <p class="notable">
      ${hidden !== undefined ? nothing : compared ? notableDifference(data, compared) : notable(data, chosen, pattern)}
      ${compareProblem ? html`<span role="status">${compareProblem}</span>` : nothing}
      ${
        data.written === undefined
          ? nothing
          : 'The tokens with a dotted underline were written by the model: each is its likeliest next token.'
      }
    </p>
    <details class="more"><summary>All scores of this head</summary>${hidden === undefined ? scoreLine(pattern) : nothing}</details>
  </div>`;
}
