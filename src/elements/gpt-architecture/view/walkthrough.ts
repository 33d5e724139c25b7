/** Goes through the forward pass stage by stage. */
import {html, nothing, type TemplateResult} from 'lit';
import {stepFor} from '../../../ui/base/stepping.js';
import {type Stage, stageName} from '../stages/stages.js';

export interface Walkthrough {
  stages: readonly Stage[];
  /** Index of the stage on show; `undefined`: none. */
  current: number | undefined;
  playing: boolean;
  goTo: (index: number) => void;
  play: (playing: boolean) => void;
  end: () => void;
}

/** → and Space go forward, ← back, Home and End to the ends, Escape to the whole map. */
export function renderWalkthrough({stages, current, playing, goTo, play, end}: Walkthrough): TemplateResult {
  const last = stages.length - 1;
  const moved = (event: KeyboardEvent): void => {
    if ((event.target as Element).localName === 'select') return;
    if (event.key === 'Escape') end();
    const step = stepFor(event, {current: current ?? -1, last});
    if (step !== undefined) goTo(step);
  };
  const stage = current === undefined ? undefined : stages[current];
  return html`<div class="walkthrough ${stage ? 'open' : ''}" part="walkthrough" role="group" aria-label="Walkthrough" @keydown=${moved}>
    <div class="steps">
      ${
        stage
          ? html`<button aria-label="Previous stage" ?disabled=${current === 0} @click=${() => goTo(current! - 1)}>←</button>
              <button class="primary" aria-label="Next stage" ?disabled=${current === last} @click=${() => goTo(current! + 1)}>Next →</button>
              <button aria-pressed=${playing} @click=${() => play(!playing)}>${playing ? 'Pause' : 'Play'}</button>
              <label
                ><span class="visually-hidden">Stage</span>
                <select @change=${(event: Event) => goTo((event.target as HTMLSelectElement).selectedIndex)}>
                  ${stages.map((one, i) => html`<option ?selected=${i === current}>${i + 1} ${stageName(one)}</option>`)}
                </select></label
              >
              <span class="number">${current! + 1} / ${stages.length}</span>
              <button @click=${end}>Whole map</button>`
          : html`<button class="primary" @click=${() => goTo(0)}>Walk through it</button>
              <span class="note">${stages.length} stages, from the text to the next token</span>`
      }
    </div>
    ${stage ? html`<p class="sentence" role="status"><b>${stageName(stage)}.</b> ${stage.sentence}</p>` : nothing}
  </div>`;
}
