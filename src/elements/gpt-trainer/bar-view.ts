import {html, nothing, type TemplateResult} from 'lit';
import {decimals} from '../../ui/base/format.js';
import {renderActions} from './actions.js';
import {recentLoss} from './figures.js';
import {renderCount, runState} from './progress.js';
import type {RunControl} from './run-control.js';
import {renderSparkline} from './sparkline.js';

export interface BarView {
  control: RunControl;
  withReset: boolean;
  reset(): void;
  isCollapsed: boolean;
  collapse(collapsed: boolean): void;
  /** What the reader should know or decide now. */
  notices: TemplateResult;
}

/** The trainer as one line: a button, the loss and its curve, how far the run is, the newest sample. */
export function renderBar(view: BarView): TemplateResult {
  const {control, withReset, reset, isCollapsed, collapse, notices} = view;
  const {model, settings} = control;
  const steps = model?.history.steps ?? [];
  const loss = recentLoss(steps);
  const sample = model?.history.samples.at(-1);
  const written = sample && `${sample.prompt}${sample.text}`.replace(/\s+/g, ' ').trim();
  return html`<section class="bar ${isCollapsed ? 'collapsed' : ''}" part="bar" aria-label="Trainer">
    ${
      isCollapsed
        ? nothing
        : html`${notices}
          ${renderActions({control, withStep: false, withStop: false, withReset, reset})}
          <p class="curve">
            <span>loss <span class="number">${loss === undefined ? '–' : decimals(loss, 2)}</span></span>
            ${renderSparkline(steps, settings.steps, model?.facts?.corpus.floor ?? 0) ?? html`<span class="sparkline"></span>`}
          </p>
          <p class="so-far">
            ${renderCount(model, settings.steps)}
            <span class="state">${runState(model)}</span>
          </p>
          <p class="newest ${written ? '' : 'empty'}" title=${written ?? nothing}>${written ? html`It writes: <q>${written}</q>` : 'Train, and the figures of this page follow.'}</p>`
    }
    <button class="link toggle" aria-expanded=${!isCollapsed} @click=${() => collapse(!isCollapsed)}>
      ${isCollapsed ? 'Show trainer' : 'Hide'}<span class="visually-hidden">${isCollapsed ? '' : ' trainer'}</span>
    </button>
  </section>`;
}
