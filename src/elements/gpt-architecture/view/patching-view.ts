/** Activation patching: the chosen part’s output is taken from another text. */
import {html, nothing, type TemplateResult} from 'lit';
import {partName} from '../data/switches.js';

export interface PatchingView {
  /** The other text. */
  text: string;
  /** The parts that are patched. */
  patched: readonly string[];
  /** The chosen part, if it can be patched. */
  part: string | undefined;
  setText: (text: string) => void;
  leaveText: () => void;
  toggle: () => void;
  undoAll: () => void;
}

export function renderPatching({text, patched, part, ...on}: PatchingView): TemplateResult {
  const isPatched = part !== undefined && patched.includes(part);
  return html`<div class="patching" part="patching" role="group" aria-label="Patching">
    <label
      >Other text
      <input
        spellcheck="false"
        autocomplete="off"
        .value=${text}
        @input=${(event: Event) => on.setText((event.target as HTMLInputElement).value)}
        @change=${on.leaveText}
    /></label>
    ${
      !text.trim()
        ? html`<span class="note" role="status">Nothing is patched while the other text is empty.</span>`
        : part === undefined
          ? html`<span class="note">Choose a head or an MLP: its output can be taken from this text.</span>`
          : html`<button aria-pressed=${isPatched} @click=${on.toggle}>
            ${isPatched ? `Undo the patch of ${partName(part)}` : `Take ${partName(part)} from it`}
          </button>`
    }
    ${patched.length > 0 ? html`<button @click=${on.undoAll}>Undo all (${patched.length} patched)</button>` : nothing}
  </div>`;
}
