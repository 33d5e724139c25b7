/** The files that a model can be saved as, what each holds, and where it goes on. */
import {html, nothing, type TemplateResult} from 'lit';
import type {FileFormat, ModelFacts} from '../../state/index.js';
import {bytes} from '../../ui/base/format.js';
import {renderPackage} from './package.js';
import type {MapTensor} from './tensor-map.js';

export interface Format {
  format: FileFormat;
  name: string;
  file: string;
  /** Where it is read. */
  place: string;
  /** What is typed there. */
  code?: string;
  /** What happens there. */
  what: string;
}

export const FORMATS: readonly Format[] = [
  {
    format: 'checkpoint',
    name: 'Checkpoint',
    file: 'checkpoint.safetensors',
    place: 'This page, any day',
    what: 'Training goes on as if it had never stopped.',
  },
  {
    format: 'hugging-face',
    name: 'Hugging Face folder',
    file: 'hugging-face.zip',
    place: 'Python, with transformers',
    code: 'from_pretrained(folder)',
    what: 'Train it further, on any machine.',
  },
  {
    format: 'script',
    name: 'Folder with Python script',
    file: 'gpt-python.zip',
    place: 'A terminal',
    code: 'python generate.py',
    what: 'It writes, without this page.',
  },
];

/** Bytes that a number takes in a file. A checkpoint of a run also holds AdamW's two moments. */
export function bytesPerNumber(format: FileFormat, step: number, half: boolean): number {
  if (format === 'checkpoint') return step > 0 ? 12 : 4;
  return half ? 2 : 4;
}

/** How large such a file is: its numbers, without the few percent of names and settings beside them. */
export const aboutBytes = (parameters: number, perNumber: number): string =>
  `about ${bytes(perNumber * parameters, 2)}`;

export interface SaveList {
  facts: ModelFacts;
  step: number;
  /** Whether folders get 16 bits per number. */
  half: boolean;
  isBusy: boolean;
  /** The tensor that is highlighted. */
  pointed: MapTensor | undefined;
  /** A sentence on what would be saved now. */
  note: string;
  save: (format: FileFormat) => void;
  setHalf: (half: boolean) => void;
}

export function renderSaveList(list: SaveList): TemplateResult {
  const {facts, step, half, isBusy, pointed, note, save, setHalf} = list;
  const {parameters, config, tokenizer} = facts;
  const most = Math.max(...FORMATS.map(({format}) => bytesPerNumber(format, step, half)));
  return html`<section class="save" part="save">
    <h3 class="heads"><span>Save it as a file …</span><span>… and go on with it in</span></h3>
    <p class="note saved" role="status">${note}</p>
    <ul>
      ${FORMATS.map(({format, name, place, code, what}) => {
        const perNumber = bytesPerNumber(format, step, half);
        return html`<li>
          <div>
            <div class="title">
              <b>${name}</b>
              <span class="number">${aboutBytes(parameters, perNumber)}</span>
              <button
                class=${format === 'checkpoint' ? 'primary' : ''}
                ?disabled=${isBusy}
                aria-label="Download ${name}"
                @click=${() => save(format)}
              >
                Download
              </button>
            </div>
            ${renderPackage(
              {
                ...{format, config, tokenizer: tokenizer.kind, share: perNumber / most},
                withMoments: format === 'checkpoint' && step > 0,
              },
              pointed,
            )}
          </div>
          <span class="arrow" aria-hidden="true"></span>
          <div>
            <b>${place}</b>
            ${code ? html`<code>${code}</code>` : nothing}
            <p>${what}</p>
          </div>
        </li>`;
      })}
    </ul>
    <label class="note"
      ><input
        type="checkbox"
        .checked=${half}
        @change=${(event: Event) => setHalf((event.target as HTMLInputElement).checked)}
      />16-bit numbers in folders</label
    >
  </section>`;
}
