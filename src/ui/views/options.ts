import {html, type TemplateResult} from 'lit';
import {live} from 'lit/directives/live.js';

/** The options of a `<select>`. The chosen one is in force also after the reader has chosen another. */
export const renderOptions = (
  options: readonly (readonly [value: string | number, label: unknown])[],
  chosen: string | number | undefined,
): TemplateResult[] =>
  options.map(
    ([value, label]) => html`<option value=${value} .selected=${live(value === chosen)}>${label}</option>`,
  );
