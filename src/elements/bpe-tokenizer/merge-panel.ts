/** How the word at the cursor is merged into tokens; if there is nothing to show, why. */
import {html, type TemplateResult} from 'lit';
import {byteString, type MergeStep} from '../../tokenizers/merge-steps.js';
import type {Piece} from '../../tokenizers/merging.js';
import {visibleWhitespace} from '../../tokenizers/visible.js';
import {MAX_TREE_BYTES, renderMerges} from './merge-view.js';

export interface MergePanelView {
  /** False for a tokenizer that merges nothing. */
  hasMerges: boolean;
  piece: Piece | undefined;
  steps: readonly MergeStep[];
  step: number;
  go: (step: number) => void;
}

export function renderMergePanel(view: MergePanelView): TemplateResult {
  const {piece} = view;
  const name = piece && visibleWhitespace(piece.text.slice(0, MAX_TREE_BYTES));
  const title = piece ? html`How <code>${name}</code> is merged` : 'How a word is merged';
  return html`<section class="merges" part="merges" aria-labelledby="merges-title">
    <p id="merges-title" class="title">${title}</p>
    ${renderContent(view)}
  </section>`;
}

function renderContent({hasMerges, piece, steps, step, go}: MergePanelView): TemplateResult {
  if (!hasMerges) return hint('This tokenizer merges nothing.');
  if (!piece) return hint('Move the caret into a word to see its merges.');
  if (piece.special) return hint('A special token is matched as a whole.');
  const bytes = byteString(piece.text);
  if (bytes.length > MAX_TREE_BYTES)
    return hint(`This piece has ${bytes.length} bytes; at most ${MAX_TREE_BYTES} are drawn.`);
  return renderMerges({piece: bytes, steps, step, go});
}

const hint = (sentence: string): TemplateResult => html`<p class="hint">${sentence}</p>`;
