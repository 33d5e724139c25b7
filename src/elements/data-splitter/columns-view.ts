/** Which column is the class and which the text: the first rows of the table, and the choices. */
import {html, type TemplateResult} from 'lit';
import type {Delimiter} from '../../data/labeled/read-rows.js';
import type {Columns} from '../../data/labeled/table.js';
import type {LabeledReading} from '../../state/text-work.js';
import {renderOptions} from '../../ui/views/options.js';

const DELIMITERS: Readonly<Record<Delimiter, string>> = {'\t': 'tab', ',': 'comma', ';': 'semicolon'};

export interface ColumnsProps {
  reading: LabeledReading;
  change: (change: {columns?: Columns; delimiter?: Delimiter}) => void;
}

export function renderColumns({reading, change}: ColumnsProps): TemplateResult {
  const {columns, names, delimiter, preview} = reading;
  const column = (label: string, name: 'label' | 'text') => html`<label
    >${label}
    <select
      data-column=${name}
      @change=${(event: Event) => change({columns: {...columns, [name]: (event.target as HTMLSelectElement).selectedIndex}})}
    >
      ${renderOptions([...names.entries()], columns[name])}
    </select></label
  >`;
  const role = (index: number): string =>
    index === columns.label ? 'class' : index === columns.text ? 'text' : '';
  return html`<div class="controls">
      ${column('Class', 'label')} ${column('Text', 'text')}
      <label
        >Columns end at a
        <select
          data-column="delimiter"
          @change=${(event: Event) => change({delimiter: (event.target as HTMLSelectElement).value as Delimiter})}
        >
          ${renderOptions(Object.entries(DELIMITERS), delimiter)}
        </select></label
      >
      <label
        ><input
          type="checkbox"
          .checked=${columns.header}
          @change=${(event: Event) => change({columns: {...columns, header: (event.target as HTMLInputElement).checked}})}
        />The first row holds names</label
      >
    </div>
    <div class="frame" tabindex="0" role="region" aria-label="First rows of the table">
      <table class="preview">
        <thead>
          <tr>
            <th scope="col">line</th>
            ${names.map((name, index) => html`<th scope="col" class=${role(index)}>${name}${role(index) ? html` <b>${role(index)}</b>` : ''}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${preview.map(
            ({line, fields}) => html`<tr>
              <th scope="row" class="number">${line}</th>
              ${names.map((_, index) => html`<td class=${role(index)} dir="auto">${fields[index] ?? ''}</td>`)}
            </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
}
