/** Below the map: what is said of the chosen part, what can be done with it, and the way to it. */
import {html, nothing, type TemplateResult} from 'lit';
import {describe} from '../data/describe.js';
import {partOpened} from '../data/open-part.js';
import {story} from '../data/story.js';
import type {LookAt} from './look.js';
import type {PathView} from './path-view.js';
import {type Crumb, renderPath} from './path-view.js';

/** What is said in the walkthrough while no part is chosen. */
const CHOOSE = 'Choose a part of the map to read its numbers.';

/** Where in an open part the reader is. */
export interface Place {
  part: string;
  /** From the part to the number whose sum is on show. */
  steps: readonly Crumb[];
  /** What happens there. */
  words: string;
}

export interface ToldView extends Pick<PathView, 'nodes' | 'isZoomed' | 'leave'> {
  look: LookAt;
  /** The part that the keys act on. */
  current: string;
  /** The part that is pointed at. */
  hovered: string | undefined;
  place: Place | undefined;
  /** Leaves out the actions, and the path while nothing is open. */
  compact: boolean;
  goBack: (part: string) => void;
  actions: () => TemplateResult;
}

export function renderTold({
  look,
  current,
  hovered,
  place,
  compact,
  goBack,
  actions,
  ...path
}: ToldView): TemplateResult {
  const {selected, open, stage, data, chosen} = look;
  const inside = place && (!selected || partOpened(selected) === place.part) ? place : undefined;
  const part = hovered ?? (selected && current);
  const words =
    inside && !stage && !hovered && !selected.startsWith('next.')
      ? inside.words
      : part
        ? describe(part, data, chosen)
        : stage
          ? CHOOSE
          : story(data, chosen);
  return html`<div class="told ${selected ? 'selected' : ''}">
    <p class="readout" part="readout" role="status">${words.replaceAll(' %', '\u00A0%')}</p>
    ${compact ? nothing : actions()}
    ${
      compact && !open
        ? nothing
        : renderPath({
            ...path,
            selected: inside?.part ?? selected,
            inside: inside?.steps ?? [],
            data,
            chosen,
            select: goBack,
          })
    }
  </div>`;
}
