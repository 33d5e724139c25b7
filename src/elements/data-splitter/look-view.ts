/** A table that was read: what becomes of its rows, which columns were chosen, and what there is to know about its texts. */
import {html, nothing, type TemplateResult} from 'lit';
import type {LiveModel} from '../../state/live-model.js';
import {renderProblem} from '../../ui/base/waiting.js';
import {whole} from '../../ui/base/whole.js';
import {contextLengthOf} from '../../ui/model/model-text.js';
import {type ColumnsProps, renderColumns} from './columns-view.js';
import {betterContext, copiesWords, cutShare, cutWords, unreadableWords} from './findings.js';
import {renderFlow} from './flow-view.js';
import type {TableLook} from './read-table.js';

/** Rows that were left out and are listed at first. */
const MOST_LISTED = 8;

export interface LookProps extends Pick<ColumnsProps, 'change'> {
  look: TableLook;
  balanced: boolean;
  /** Pixels. */
  width: number;
  withoutColumns: boolean;
  /** What gives the sets to the model. */
  give: unknown;
}

export function renderLook({look, balanced, width, withoutColumns, change, give}: LookProps): TemplateResult {
  const {reading} = look;
  const {result, problem, columns, names} = reading;
  return html`<section class="look" aria-label=${look.name}>
    <h2>${look.name}: ${whole(reading.rows)} ${reading.rows === 1 ? 'row' : 'rows'}${result ? html`, class in <b>${names[columns.label]}</b>, text in <b>${names[columns.text]}</b>` : nothing}</h2>
    ${problem ? renderProblem(problem) : nothing}
    ${result ? html`${renderFlow({reading, result, balanced, width})} ${give}` : nothing}
    ${withoutColumns ? nothing : html`<div part="columns">${renderColumns({reading, change})}</div>`}
  </section>`;
}

export interface FindingsProps {
  look: TableLook;
  model: LiveModel | undefined;
  /** Whether all rows that were left out are listed. */
  all: boolean;
  toggle: () => void;
  /** Brings back the model before it got a longer context; undefined: it did not. */
  undo: (() => void) | undefined;
  lengthen: (model: LiveModel, context: number) => void;
}

export function renderFindings(props: FindingsProps): TemplateResult {
  const {look, model} = props;
  const {lengths, reading} = look;
  const {result} = reading;
  const words = [copiesWords(look), unreadableWords(look)].filter((one) => one !== undefined);
  return html`<div class="findings" part="findings">
    ${
      result
        ? html`<p>
            The model gets numbers for the classes:
            ${result.split.classes.map((name, label) => html`<span class="code">${name} = ${label}</span> `)}
          </p>`
        : nothing
    }
    ${words.map((one) => html`<p>${one}</p>`)}
    ${model && lengths ? html`<p>${cutWords(lengths, contextLengthOf(model))}</p>` : nothing}
    ${model && result && !lengths ? html`<p>Counting tokens …</p>` : nothing}
    ${model ? renderContext(model, props) : nothing} ${renderLeftOut(props)}
  </div>`;
}

/** A longer context, where the model's own cuts many texts. */
function renderContext(
  model: LiveModel,
  {look: {lengths}, undo, lengthen}: FindingsProps,
): TemplateResult | typeof nothing {
  if (undo) return html`<p><button @click=${undo}>Undo: back to the former context</button></p>`;
  const better = lengths && betterContext(lengths, contextLengthOf(model));
  if (!lengths || !better) return nothing;
  const share = cutShare(lengths, better);
  return html`<p class="offer">
    A context of ${whole(better)} tokens would cut ${share === 0 ? 'none' : `${(100 * share).toFixed(1)} %`}. GPT-2 reads
    1,024: load it with <code>gpt2-loader</code> and finetune it instead.
    <button @click=${() => lengthen(model, better)}>Use a context of ${whole(better)}</button>
  </p>`;
}

function renderLeftOut({look, all, toggle}: FindingsProps): TemplateResult | typeof nothing {
  const {leftOut, leftOutRows, result} = look.reading;
  if (leftOutRows === 0) return nothing;
  const shown = all ? leftOut : leftOut.slice(0, MOST_LISTED);
  const more = leftOut.length === leftOutRows ? 'all' : 'the first';
  return html`<details ?open=${!result}>
    <summary>${whole(leftOutRows)} ${leftOutRows === 1 ? 'row was' : 'rows were'} left out, beside copies</summary>
    <ul>
      ${shown.map(({line, problem}) => html`<li>Line ${whole(line)} ${problem}.</li>`)}
    </ul>
    ${
      leftOut.length > MOST_LISTED
        ? html`<button @click=${toggle}>
            ${all ? `Show the first ${MOST_LISTED}` : `Show ${more} ${whole(leftOut.length)}`}
          </button>`
        : nothing
    }
  </details>`;
}
