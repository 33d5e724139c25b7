/** The element's middle: tokens, controls, drawing, words and small pictures of one scene. */
import {html, nothing, type TemplateResult} from 'lit';
import {unsafeHTML} from 'lit/directives/unsafe-html.js';
import {legendSvg} from './attention-drawing.js';
import {renderTable} from './attention-table.js';
import {reading} from './attention-words.js';
import {MOST_CHIPS, renderChips} from './chips.js';
import type {HeadChoice, Highlight} from './choice.js';
import type {HeadScores} from './head-scores.js';
import {renderThumbnails} from './head-thumbnails.js';
import {notable, notableDifference, scoreLine} from './head-words.js';
import {renderLinks} from './links-view.js';
import {renderPlot} from './plot.js';
import type {Scene} from './scene.js';

export interface ViewOptions {
  /** Nothing is there yet: only the room it will take. */
  waiting?: boolean;
  exercise?: TemplateResult;
  controls: TemplateResult | typeof nothing;
  /** What the heads do. */
  scores: HeadScores;
  /** The weights have been still for a while. */
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
      data.tokens.length > MOST_CHIPS
        ? nothing
        : renderChips({data, chosen, highlighted, hidden, scale: weightScale, theme, hover, choose})
    }
    <div class="main ${layout.stage ? 'beside' : ''}" .style=${layout.stage ? `--stage: ${layout.stage}px` : ''}>
      <div class="stage">
        ${controls} ${links ? renderLinks(plot, links) : renderPlot(plot)}
        <div class="legend" aria-hidden="true">${drawing ? unsafeHTML(legendSvg(drawing, theme)) : nothing}</div>
      </div>
      ${renderReadout(scene, scores)}
      ${
        heads
          ? html`<div class="heads ${hidden === undefined ? '' : 'kept'}">
              ${renderThumbnails(data, chosen, layout.thumbnail, scores, chooseHead)}
            </div>`
          : nothing
      }
    </div>
    ${withTable && hidden === undefined ? html`<div class="visually-hidden">${renderTable(data, chosen, compared)}</div>` : nothing}
  `;
}

const HOW_TO = 'Point at a cell or a token, tap it, or move with the arrow keys.';

function renderReadout(
  {data, chosen, highlighted, hidden, compared, refusal}: Scene,
  scores: HeadScores,
): TemplateResult {
  const pattern = scores.pattern(data, chosen);
  const pointed = highlighted.query !== undefined || highlighted.key !== undefined;
  // A column names the row that looks at it most: that may be the hidden one.
  const isKept = hidden !== undefined && pointed && (highlighted.query ?? hidden) === hidden;
  return html`<div class="readout" part="readout">
    <p class="reading">
      ${isKept ? 'Decide first: this row is hidden until then.' : pointed ? reading(data, chosen, highlighted, compared) : HOW_TO}
    </p>
    <p class="notable">
      ${hidden !== undefined ? nothing : compared ? notableDifference(data, compared) : notable(data, chosen, pattern)}
      ${refusal ? html`<span role="status">${refusal}</span>` : nothing}
      ${
        data.written === undefined
          ? nothing
          : 'The tokens underlined with dots were written by the model: each is its likeliest guess after the row above.'
      }
    </p>
    <div class="scores-room">${hidden === undefined ? scoreLine(pattern) : nothing}</div>
  </div>`;
}
