/** What goes deeper than the look back, folded away until the reader asks. */
import {html, nothing, type TemplateResult} from 'lit';

export const FOLDS = ['distance', 'bottleneck'] as const;
export type FoldName = (typeof FOLDS)[number];

const TITLES: Record<FoldName, string> = {
  distance: 'Does it matter how far back the word is?',
  bottleneck: 'How much would a network without attention remember?',
};

export interface FoldOptions {
  name: FoldName;
  isOpen: boolean;
  toggle: (open: boolean) => void;
  /** Drawn only while it is open. */
  content: () => unknown;
}

export function renderFold({name, isOpen, toggle, content}: FoldOptions): TemplateResult {
  return html`<details
    class="fold of-${name}"
    .open=${isOpen}
    @toggle=${(event: Event) => toggle((event.target as HTMLDetailsElement).open)}
  >
    <summary>${TITLES[name]}</summary>
    ${isOpen ? content() : nothing}
  </details>`;
}
