/** The stage on show, and the ways to others. */
import {html, nothing, type TemplateResult} from 'lit';
import {stepFor} from '../../../ui/base/stepping.js';
import {type Stage, stageName} from '../stages/stages.js';

export interface StageView {
  stages: readonly Stage[];
  /** Index of the stage on show. */
  current: number;
  /** What it does with the text on show, in one sentence; empty: nothing to tell. */
  fact: string;
  playing: boolean;
  goTo: (index: number) => void;
  play: (playing: boolean) => void;
  end: () => void;
  /** Shows the parts of the model as a strip, each leading to its first stage: for pages without room for the whole map. */
  withStrip: boolean;
}

/** At the ends no button is disabled: it would lose the focus, and with it the keys. → and Space go forward, ← back, Home and End to the ends. */
export function renderStage({
  stages,
  current,
  fact,
  playing,
  goTo,
  play,
  end,
  withStrip,
}: StageView): TemplateResult {
  const last = stages.length - 1;
  const moved = (event: KeyboardEvent): void => {
    if ((event.target as Element).localName === 'select') return;
    const step = stepFor(event, {current, last});
    if (step !== undefined) goTo(step);
  };
  const stage = stages[current]!;
  return html`<div class="walkthrough open" part="walkthrough" role="group" aria-label="Walkthrough" @keydown=${moved}>
    <div class="steps">
      <button aria-label="Previous stage" aria-disabled=${current === 0} @click=${() => goTo(Math.max(0, current - 1))}>←</button>
      <button class="primary" aria-label="Next stage" aria-disabled=${current === last} @click=${() => goTo(Math.min(last, current + 1))}>Next →</button>
      <button class="play" aria-pressed=${playing} @click=${() => play(!playing)}>${playing ? 'Pause' : 'Play'}</button>
      <label
        ><span class="visually-hidden">Stage</span>
        <select @change=${(event: Event) => goTo((event.target as HTMLSelectElement).selectedIndex)}>
          ${stages.map((one, i) => html`<option ?selected=${i === current}>${i + 1} ${stageName(one)}</option>`)}
        </select></label
      >
      <span class="number">${current + 1} / ${stages.length}</span>
      <button @click=${end}>Whole map</button>
    </div>
    ${withStrip ? renderStrip(stages, current, goTo) : nothing}
    <div class="sentence" role="status">
      <p><b>${stageName(stage)}.</b> ${stage.sentence}</p>
      <p class="fact">${fact.replaceAll(' %', '\u00A0%')}</p>
    </div>
  </div>`;
}

/** Where the reader is in the model: “Text › Embed › 1 attn › 1 MLP › … › Next”. */
function renderStrip(
  stages: readonly Stage[],
  current: number,
  goTo: (index: number) => void,
): TemplateResult {
  const groups = stripOf(stages);
  const at = groups.findLastIndex(({first}) => first <= current);
  return html`<nav class="strip" part="strip" aria-label="Parts of the model">
    ${groups.map(
      ({name, first}, i) => html`<button
        class=${i < at ? 'past' : ''}
        aria-current=${i === at ? 'step' : nothing}
        @click=${() => goTo(first)}
      >
        ${name}
      </button>`,
    )}
  </nav>`;
}

/** Returns the parts of the model with the index of their first stage. */
export function stripOf(stages: readonly Stage[]): {name: string; first: number}[] {
  const groups: {name: string; first: number}[] = [];
  for (const [
    index,
    {
      id,
      layer,
      parts: [part = ''],
    },
  ] of stages.entries()) {
    const name =
      layer === undefined
        ? id === 'text'
          ? 'Text'
          : id.startsWith('embed')
            ? 'Embed'
            : 'Next'
        : `${layer + 1} ${part.endsWith('.mlp') ? 'MLP' : 'attn'}`;
    if (groups.at(-1)?.name !== name) groups.push({name, first: index});
  }
  return groups;
}
