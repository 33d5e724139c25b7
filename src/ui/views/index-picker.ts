import {html, nothing, type TemplateResult} from 'lit';
import {renderOptions} from './options.js';

/** A choice among things that readers count from 1: the layers of a model, its heads. None where there is but one. */
export function renderIndexPicker(
  label: string,
  count: number,
  chosen: number,
  choose: (index: number) => void,
): TemplateResult | typeof nothing {
  if (count < 2) return nothing;
  return html`<label
    >${label}
    <select @change=${(event: Event) => choose(Number((event.target as HTMLSelectElement).value))}>
      ${renderOptions(
        Array.from({length: count}, (_, i) => [i, i + 1] as const),
        chosen,
      )}
    </select></label
  >`;
}
