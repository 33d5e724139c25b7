/** What stands in the place of a drawing that is not there yet, or that could not be made anew. */
import {html, nothing, type TemplateResult} from 'lit';
import type {LiveModel} from '../../state/live-model.js';

export interface Waiting {
  loading: LiveModel['loading'];
  /** Why there is nothing to draw, for the reader. */
  error?: string;
  /** Tries again; absent where that would not help. */
  retry?: () => void;
}

const retryButton = (retry: (() => void) | undefined) =>
  retry ? html`<button @click=${retry}>Try again</button>` : nothing;

/** How far loading is, or what went wrong and a button that tries again. */
export function renderWaiting({loading, error, retry}: Waiting): TemplateResult {
  if (error) return html`<div class="waiting" role="alert"><span>${error}</span> ${retryButton(retry)}</div>`;
  return html`<div class="waiting" role="status">
    <span>${loading?.message ?? 'Waiting for the model …'}</span>
    ${loading?.total ? html`<progress max=${loading.total} .value=${loading.done} aria-label="Loading"></progress>` : nothing}
  </div>`;
}

/** Below a drawing that stays: why it is not the newest. */
export const renderProblem = (error: string, retry?: () => void): TemplateResult =>
  html`<div class="error" role="alert">${error} ${retryButton(retry)}</div>`;
