/** What can be done with the chosen part. */
import {html, nothing, type TemplateResult} from 'lit';
import type {Config} from '../data/architecture-data.js';
import {partName, switchableParts, switchedBy} from '../data/switches.js';

export interface ActionsView {
  config: Config;
  /** The part that is chosen. */
  current: string;
  off: readonly string[];
  /** Whether the numbers are given, so that nothing can be switched off. */
  isGiven: boolean;
  /** Whether the chosen part is open. */
  isOpen: boolean;
  canOpen: boolean;
  isZoomed: boolean;
  sizes: boolean;
  diagrams: boolean;
  isPatching: boolean;
  /** Whether a part’s output is taken from another text. */
  isPatched: boolean;
  switchPart: () => void;
  reset: () => void;
  toggleOpen: () => void;
  zoom: (into: boolean) => void;
  toggleSizes: () => void;
  togglePatching: () => void;
  toggleDiagrams: () => void;
}

export function renderActions(view: ActionsView): TemplateResult {
  const {off, isGiven, isZoomed, sizes, diagrams, isPatching} = view;
  return html`<div class="actions" part="actions">
    ${renderOwn(view)}
    <span class="zoom" role="group" aria-label="Zoom">
      <button aria-label="Zoom in" @click=${() => view.zoom(true)}>+</button>
      <button aria-label="Zoom out" ?disabled=${!isZoomed} @click=${() => view.zoom(false)}>−</button>
    </span>
    ${isGiven ? nothing : html`<button aria-pressed=${isPatching} @click=${view.togglePatching}>Patch</button>`}
    <button aria-pressed=${sizes} @click=${view.toggleSizes}>Sizes</button>
    <button aria-pressed=${diagrams} @click=${view.toggleDiagrams}>Diagrams</button>
    ${off.length > 0 ? html`<button @click=${view.reset}>Reset all (${off.length} off)</button>` : nothing}
    ${off.length > 0 || view.isPatched ? html`<span class="note">Changed passes are computed by the reference, in TensorFlow.js.</span>` : nothing}
  </div>`;
}

/** What the chosen part alone offers: in a place of one width, so that the other buttons stay where they are. */
function renderOwn({config, current, off, isGiven, isOpen, canOpen, ...acts}: ActionsView): TemplateResult {
  const part = switchedBy(current);
  const isOff = off.includes(part);
  return html`<span class="own ${isGiven ? 'given' : ''}">
    ${
      isGiven
        ? nothing
        : switchableParts(config).includes(part)
          ? html`<button aria-pressed=${isOff} @click=${acts.switchPart}>
              ${isOff ? 'Switch on' : 'Switch off'} ${partName(part)}
            </button>`
          : canOpen
            ? nothing
            : html`<span class="note">Choose a part to open it; heads and MLPs can also be switched off.</span>`
    }
    ${
      canOpen
        ? html`<button aria-pressed=${isOpen} @click=${acts.toggleOpen}>${isOpen ? 'Close' : 'Open'}</button>`
        : nothing
    }
  </span>`;
}
