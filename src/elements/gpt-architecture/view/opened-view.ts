/** What is open: what its stage does, the other tensors of the same part, and the numbers of one. */
import {html, nothing, type TemplateResult} from 'lit';
import type {TensorDetail} from '../data/detail.js';
import {headIn} from '../data/open-part.js';
import {factOf} from '../stages/fact.js';
import {addressOf, isPerHead, type Opened, type TensorStage} from '../stages/opened.js';
import {stageName} from '../stages/stages.js';
import type {LookAt} from './look.js';
import type {Crumb} from './path-view.js';
import {cellName, renderTensorCells, type TensorCells} from './tensor-cells.js';

export interface OpenedView extends LookAt, Pick<TensorCells, 'product'> {
  opened: Opened;
  /** Absent until it has been read. */
  detail: TensorDetail | undefined;
  /** Why it could not be read. */
  problem: string | undefined;
}

export function renderOpened(view: OpenedView): TemplateResult {
  const {opened, detail, problem, data} = view;
  const {stage, head, beside} = opened;
  return html`<div class="detail" part="detail" @keydown=${(event: KeyboardEvent) => leaveBy(event, view)}>
    <div class="choosing">
    <div class="choices" role="group" aria-label="Tensors of this part">
      ${beside
        .filter(({tensor}) => view.model || data.trace[tensor])
        .map(
          (one) =>
            html`<button aria-pressed=${one === stage} @click=${() => goTo(one, view)}>${one.title}</button>`,
        )}
    </div>
    ${isPerHead(stage) ? renderHeads(view) : nothing}
    </div>
    ${problem ? html`<p class="note" role="status">${problem}</p>` : detail ? renderTensorCells({...view, head, detail}) : nothing}
  </div>`;
}

/** The steps from an open part to the number whose sum is on show. */
export function crumbsOf({opened, detail, ...look}: Omit<OpenedView, 'problem' | 'product'>): Crumb[] {
  const {stage, head} = opened;
  const cell = detail && cellName({...look, head, detail});
  return [
    {name: stage.title, go: () => look.choose(look.chosen, undefined)},
    ...(cell ? [{name: cell, go: () => undefined}] : []),
  ];
}

/** What the stage of an open part does, and what with the text on show. */
export function wordsOf({
  opened: {stage, head},
  detail,
  ...look
}: Omit<OpenedView, 'problem' | 'product'>): string {
  const tensors = detail?.data === look.data ? detail.tensors : undefined;
  return `${stageName(stage)}: ${stage.sentence} ${factOf(stage, {...look, head, tensors})}`;
}

function renderHeads({opened: {stage, head}, data, ...view}: OpenedView): TemplateResult {
  const choose = (h: number): void => {
    view.chooseHead(h);
    if (headIn(view.open) !== undefined) view.show(addressOf(stage, h));
  };
  return html`<div class="choices" role="group" aria-label="Head">
    ${Array.from(
      {length: data.config.nHeads},
      (_, h) => html`<button aria-pressed=${h === head} @click=${() => choose(h)}>head ${h + 1}</button>`,
    )}
  </div>`;
}

function goTo(stage: TensorStage, {stage: walk, opened: {head}, ...view}: OpenedView): void {
  if (walk) view.goTo(stage.id);
  else view.show(addressOf(stage, head));
}

function leaveBy(event: KeyboardEvent, {leave}: OpenedView): void {
  if (event.key !== 'Escape') return;
  event.preventDefault();
  leave();
}
