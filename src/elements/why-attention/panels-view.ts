/** What is measured, in panels: below each other where there is room, else one at a time behind buttons. */
import {html, nothing, type TemplateResult} from 'lit';

export const PANELS = ['attention', 'bottleneck'] as const;
export type PanelName = (typeof PANELS)[number];

const TITLES: Record<PanelName, string> = {
  attention: 'Attention',
  bottleneck: 'The bottleneck',
};

export interface PanelOptions {
  /** What is in each; one without content is left out. */
  panels: Partial<Record<PanelName, TemplateResult | typeof nothing>>;
  /** The one on show where there is room for one only. */
  shown: PanelName;
  show: (name: PanelName) => void;
}

export function renderPanels({panels, shown, show}: PanelOptions): TemplateResult | typeof nothing {
  const names = PANELS.filter((name) => (panels[name] ?? nothing) !== nothing);
  const [first] = names;
  if (!first) return nothing;
  const current = names.includes(shown) ? shown : first;
  return html`<div class="steps choose-panel" role="group" aria-label="What to look at" ?hidden=${names.length < 2}>
      ${names.map(
        (name) =>
          html`<button aria-pressed=${name === current} @click=${() => show(name)}>${TITLES[name]}</button>`,
      )}
    </div>
    <div class="panels">
      ${names.map((name) => html`<div class="panel of-${name} ${name === current ? 'shown' : ''}">${panels[name]}</div>`)}
    </div>`;
}
