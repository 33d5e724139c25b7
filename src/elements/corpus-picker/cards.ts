import {html, nothing, type TemplateResult} from 'lit';
import type {Cards} from '../../ui/model/corpus-source.js';
import {WRITTEN} from './written.js';

/** Each built-in text as a button, with a piece of it and what a model wrote that had learned it. */
export function renderCards({entries, chosen, choose}: Cards): TemplateResult {
  return html`<div class="cards" role="group" aria-label="Built-in texts">
      ${entries.map(({id, label, piece: generated}) => {
        const {piece = generated, prompt, text, isWrong} = WRITTEN[id] ?? {text: ''};
        return html`<button class="card" data-entry=${id} aria-pressed=${id === chosen} @click=${() => choose(id)}>
          <b>${label}</b>
          ${piece ? html`<span>reads</span> <code>${piece}</code>` : nothing}
          ${text ? html`<span>writes</span> <code>${prompt}<strong>${text}</strong>${isWrong ? html` <span>✗ wrong</span>` : nothing}</code>` : nothing}
        </button>`;
      })}
    </div>
    <p class="hint">In bold: what a small model wrote after 2,500 steps on each text. Some tasks need more steps.</p>`;
}
