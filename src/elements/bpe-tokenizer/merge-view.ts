/** The merges of one piece of text: a tree that grows downwards from the bytes, and the list of steps in rank order. */

import {html, nothing, type TemplateResult} from 'lit';
import {
  bytesOf,
  type MergeNode,
  type MergeStep,
  mergeTree,
  partsAfter,
} from '../../tokenizers/merge-steps.js';
import {sideways} from '../../ui/base/sideways.js';
import {stepFor} from '../../ui/base/stepping.js';
import {whole} from '../../ui/base/whole.js';
import {visibleBytes} from '../../ui/views/token-chips.js';

/** Longer pieces are not words, and their tree is wider than a screen. */
export const MAX_TREE_BYTES = 48;

export interface MergeView {
  /** The piece's bytes. */
  piece: string;
  steps: readonly MergeStep[];
  /** How many merges are shown. */
  step: number;
  go: (step: number) => void;
}

const label = (part: string): TemplateResult => {
  const {label, isText} = visibleBytes(bytesOf(part));
  return html`<code class=${isText ? '' : 'partial'}>${label}</code>`;
};

export function renderMerges(view: MergeView): TemplateResult {
  const {piece, steps, step, go} = view;
  const stepped = (event: KeyboardEvent): void => {
    const to = stepFor(event, {current: step, last: steps.length});
    if (to !== undefined) go(to);
  };
  return html`
    ${renderStepper(view)}
    <p class="step-words" aria-live="polite">${words(view)}</p>
    <div class="merging">
      <div class="tree-frame" ${sideways()} @keydown=${stepped} tabindex="0" role="group" aria-label="After ${step} of ${steps.length} merges">
        ${renderTree(piece, steps, step)}
      </div>
      ${renderList(view)}
    </div>
  `;
}

function renderStepper({steps, step, go}: MergeView): TemplateResult {
  const last = steps.length;
  return html`<div class="stepper" role="group" aria-label="Merges">
    <button aria-disabled=${step === 0} @click=${() => go(Math.max(0, step - 1))}>Back</button>
    <button aria-disabled=${step === last} @click=${() => go(Math.min(last, step + 1))}>Forward</button>
    <output>${step} of ${last} ${last === 1 ? 'merge' : 'merges'}</output>
  </div>`;
}

/** Describes this step. */
function words({piece, steps, step}: MergeView): TemplateResult {
  const done = steps[step - 1];
  const next = steps[step];
  const count = partsAfter(piece, steps, step).length;
  const lowest = next
    ? html`Of all adjacent pairs, ${label(next.left)} + ${label(next.right)} has the lowest rank, ${whole(next.rank)}.`
    : count === 1
      ? html`One token is left.`
      : html`No other pair can be merged: ${count} tokens are left.`;
  if (!done) return html`${piece.length} bytes, each a token at the start. ${lowest}`;
  return html`Merged ${label(done.left)} + ${label(done.right)} into ${label(done.left + done.right)}. ${lowest}`;
}

function renderTree(piece: string, steps: readonly MergeStep[], step: number): TemplateResult {
  const nodes = mergeTree(piece, steps);
  const height = Math.max(...nodes.map((node) => node.height));
  const next = steps[step] && nodes.findIndex((node) => node.step === step);
  return html`<div class="tree" .style="--_bytes: ${piece.length}">${nodes.map((node) => {
    const parent = nodes[node.parent];
    const classes = [
      'node',
      node.step >= step ? 'future' : '',
      node.step === step - 1 && node.step >= 0 ? 'newest' : '',
      node.step < step && next !== undefined && node.parent === next ? 'next' : '',
      node.step < step && (!parent || parent.step >= step) ? 'top' : '',
    ];
    return html`<span class=${classes.join(' ')} .style=${place(node, parent, height)}
      >${label(node.part)}${node.step >= 0 ? html`<span class="rank">${whole(steps[node.step]!.rank)}</span>` : nothing}</span
    >`;
  })}</div>`;
}

/** Each part reaches down to the part that it is merged into; a token to the bottom. */
const place = ({start, end, height}: MergeNode, parent: MergeNode | undefined, bottom: number): string =>
  `grid-column: ${start + 1} / ${end + 1}; grid-row: ${height + 1} / ${(parent ? parent.height : bottom + 1) + 1}`;

function renderList({steps, step, go}: MergeView): TemplateResult {
  return html`<ol class="steps" aria-label="All merges by rank">${steps.map(
    ({left, right, rank}, i) => html`<li class=${i < step ? 'done' : ''}>
      <button aria-current=${i === step - 1 ? 'step' : nothing} @click=${() => go(i + 1)}>
        ${label(left)} + ${label(right)} → ${label(left + right)}<span class="rank">${whole(rank)}</span>
      </button>
    </li>`,
  )}</ol>`;
}
