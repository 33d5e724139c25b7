/** The controls of the map (dimensions, search, scrubber), and the legend of its colors and shapes. */
import {html, nothing, type TemplateResult} from 'lit';
import {shapePath} from '../../viz/scatter.js';
import {colorOf, type MapView} from './map-points.js';
import {classesIn} from './token-classes.js';

export interface ControlOptions {
  dimensions: 2 | 3;
  search: string;
  /** How many tokens the search has found. */
  found: number;
  look: (dimensions: 2 | 3) => void;
  find: (text: string) => void;
}

export function renderControls({dimensions, search, found, look, find}: ControlOptions): TemplateResult {
  const choice = (value: 2 | 3) => html`<label
    ><input
      type="radio"
      name="dimensions"
      value=${value}
      .checked=${dimensions === value}
      @change=${() => look(value)}
    />${value}D</label
  >`;
  const outcome = found === 0 ? `No token on the map contains “${search}”.` : `${found} found`;
  return html`<div class="controls">
    <fieldset aria-label="Dimensions">${choice(2)} ${choice(3)}</fieldset>
    <label
      >Find a token
      <input
        type="search"
        spellcheck="false"
        autocomplete="off"
        .value=${search}
        @input=${(event: InputEvent) => find((event.target as HTMLInputElement).value)}
    /></label>
    <span role="status">${search ? outcome : ''}</span>
  </div>`;
}

/** Renders the legend of shapes and colors. */
export function renderClasses({classes, theme}: MapView): TemplateResult | typeof nothing {
  if (!classes) return nothing;
  return html`<ul class="classes" aria-label="Classes of tokens">
    ${classesIn(classes).map((kind) => {
      const stroked = kind.shape === 'ring' || kind.shape === 'cross';
      const color = colorOf(kind, theme);
      return html`<li>
        <svg width="14" height="14" aria-hidden="true">
          <path
            d=${shapePath(kind.shape, 7, 7, 4.5)}
            fill=${stroked ? 'none' : color}
            stroke=${stroked ? color : 'none'}
            stroke-width="1.75"
          /></svg
        >${kind.name}
      </li>`;
    })}
  </ul>`;
}

export interface TimeOptions {
  /** The training step of each snapshot. */
  steps: readonly number[];
  /** The index of the snapshot on show. */
  index: number;
  /** Shown in place of the scrubber while there is only one snapshot. */
  empty: string;
  go: (index: number) => void;
}

export function renderTime({steps, index, empty, go}: TimeOptions): TemplateResult {
  if (steps.length < 2) return html`<div class="time muted">${empty}</div>`;
  const last = steps.length - 1;
  return html`<label class="time"
    >Training step
    <input
      type="range"
      min="0"
      max=${last}
      .value=${`${index}`}
      aria-valuetext="step ${steps[index]}"
      @input=${(event: InputEvent) => go(Number((event.target as HTMLInputElement).value))}
    />
    <output>step ${steps[index]!.toLocaleString('en')}${index === last ? ' (newest)' : ''}</output></label
  >`;
}
