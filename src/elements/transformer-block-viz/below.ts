/** Below the flow: how to read it, what each change does to the prediction, and the open value as a matrix. Loaded beside the block’s numbers. */
import {html, nothing, type TemplateResult} from 'lit';
import type {LiveModel} from '../../state/live-model.js';
import {number, visibleToken} from '../../ui/base/format.js';
import {sideways} from '../../ui/base/sideways.js';
import {DrawingView} from '../../ui/views/drawing.js';
import type {Theme} from '../../viz/theme.js';
import {type CodeLines, codeOf} from './block-code.js';
import type {BlockData} from './block-data.js';
import {type BlockDrawing, extentsOf, scaleOf} from './block-drawing.js';
import {type BlockNode, type Change, changeNamed, outputOf} from './block-nodes.js';
import {cellAt, drawValues, matrixHeight, matrixWidth, numbersPerCell} from './matrix-drawing.js';
import {renderOutcomes} from './outcome-view.js';
import type {Retraining} from './retraining.js';
import {lengthOf, sharesInWords} from './shares.js';

/** Pixels below which the table of changes leaves a column out. */
const NARROW = 520;

export interface BelowHost {
  readonly renderRoot: HTMLElement | DocumentFragment;
  requestUpdate(): void;
  readonly updateComplete: Promise<unknown>;
  off: string;
  retrainSteps: number;
  withoutControls: boolean;
}

export interface BelowParts {
  theme: () => Theme;
  /** Pixels of room. */
  width: () => number;
  model: () => LiveModel | undefined;
  /** The block on show. */
  layer: () => number;
  /** The reader has chosen a number. */
  follow: (place: {token: number; channel: number}) => void;
}

/** What is opened: a value of the block, and one of its numbers. */
export type Opened = BlockDrawing & {shown: BlockNode};

export class Below {
  readonly #host: BelowHost;
  readonly #parts: BelowParts;
  readonly #matrix = new DrawingView();
  #snippets?: typeof import('../../ui/export/snippets.js').SNIPPETS;
  #isCodeOpen = false;
  #codeProblem = '';
  #lab?: typeof import('./retraining-view.js');
  #retraining?: Retraining;
  #problem = '';

  constructor(host: BelowHost, parts: BelowParts) {
    this.#host = host;
    this.#parts = parts;
  }

  /** What the block adds, in one sentence. */
  answer(data: BlockData, token: number): string {
    return sharesInWords(data, token);
  }

  /** How to read the colors. */
  renderKey(data: BlockData): TemplateResult {
    const {stream, norm} = extentsOf(data);
    return html`<p class="scales">
      Colors are strongest at ±${number(stream)}${norm === stream ? '' : html`, after a norm at ±${number(norm)}`}. A norm rescales each row to
      a spread of about 1. ${data.norm === 'pre' ? 'Shares are measured along the vector that leaves: what points against it has a negative one. ' : ''}${longestRow(data)}
    </p>`;
  }

  /** What each change does to the prediction, and what some steps of training then make of it. */
  renderEffects(data: BlockData, token: number): TemplateResult {
    const {withoutControls, off} = this.#host;
    const change = changeNamed(off);
    const choose = withoutControls ? undefined : (id: string) => (this.#host.off = id);
    return html`<div class="effects">
      ${renderOutcomes({data, token, change, choose, isNarrow: this.#parts.width() < NARROW})}
      ${withoutControls ? nothing : this.#renderRetraining(change)}
    </div>`;
  }

  renderOpened(drawing: Opened): TemplateResult {
    const {data, token, channel, shown} = drawing;
    const {follow} = this.#parts;
    const theme = this.#parts.theme();
    const values = data.values[shown.id];
    const width = matrixWidth(data, this.#parts.width());
    const scale = scaleOf(shown, data, theme);
    const size = numbersPerCell(data);
    const text = sumOf(drawing);
    const isCut = drawing.off !== undefined && shown.kind === 'stream' && shown.from.includes(drawing.off);
    const sentence = isCut ? 'Nothing is added here: that part is off.' : shown.sentence;
    const at = token * data.width + channel;
    return html`<section class="opened" part="matrix" aria-label=${shown.title}>
      <h3>${shown.title} <code>h.${data.layer}.${shown.at}</code> <span class="shape">[T, C] = [${data.tokens.length}, ${data.width}]</span></h3>
      <p class="sentence">${sentence}${size > 1 ? ` A cell stands for ${size} numbers and shows the one furthest from 0.` : ''}</p>
      <div class="frame" ${sideways()}>
        ${this.#matrix.render({
          name: 'matrix',
          label: `Numbers of “${shown.title}”`,
          width,
          height: matrixHeight(data),
          draw: (surface) => drawValues(surface, data, values, {token, channel}, scale, theme),
          inputs: [data, shown, token, channel, theme],
          cursor: {now: at + 1, min: 1, max: data.tokens.length * data.width, step: 1, text},
          point: (place) => {
            if (place) follow(cellAt(place, data, values, width));
          },
          move: (to) => follow({token: Math.floor((to - 1) / data.width), channel: (to - 1) % data.width}),
        })}
      </div>
      <p class="readout" part="readout">${text}</p>
      <button class="lines" aria-expanded=${this.#isCodeOpen} @click=${this.#toggleLines}>Lines of code for this value</button>
      <span role="status">${this.#codeProblem}</span>
      ${this.#isCodeOpen && this.#snippets ? codeOf(shown.id, data.norm, this.#snippets).map(renderLines) : nothing}
    </section>`;
  }

  /** After each render. */
  paint(): void {
    const {renderRoot} = this.#host;
    this.#matrix.paint(renderRoot);
    if (this.#retraining) this.#lab?.paintRetraining(renderRoot, this.#retraining, this.#parts.theme());
  }

  /** What was retrained belongs to one model. */
  dropRetraining(): void {
    this.#retraining?.stop();
    this.#retraining = undefined;
    this.#problem = '';
  }

  #renderRetraining(change: Change | undefined): TemplateResult {
    const run = this.#retraining;
    const steps = this.#host.retrainSteps;
    return html`<section class="retraining" part="retraining" aria-label="Retraining">
      <h3>Can training make up for a change?</h3>
      <p class="actions">
        ${
          run?.running
            ? html`<button @click=${this.#stopRetraining}>Cancel</button>
                <progress max=${run.about!.steps} .value=${run.step} aria-label="Steps of both models"></progress>`
            : change
              ? html`<button @click=${this.#retrain}>Retrain ${steps} steps ${change.phrase}</button>`
              : 'Choose a change. The model as it is and the changed one then learn from the same text a little longer: does the changed one catch up?'
        }
      </p>
      ${this.#problem ? html`<p role="status">${this.#problem}</p>` : nothing}
      ${run ? this.#lab?.renderRetraining(run) : nothing}
    </section>`;
  }

  #retrain = async (): Promise<void> => {
    const model = this.#parts.model();
    const change = changeNamed(this.#host.off);
    if (!model || !change) return;
    this.#problem = '';
    try {
      this.#lab ??= await import('./retraining-view.js');
    } catch {
      this.#problem = 'The code for training could not be loaded. Check your connection and try again.';
    }
    const obstacle = this.#lab?.obstacleTo(model);
    if (obstacle) this.#problem = obstacle;
    this.#host.requestUpdate();
    if (!this.#lab || obstacle) return;
    this.#retraining ??= new this.#lab.Retraining(() => this.#host.requestUpdate());
    await this.#retraining.run(model, {change, layer: this.#parts.layer(), steps: this.#host.retrainSteps});
  };

  /** The button is another one then: the focus stays in its place. */
  #stopRetraining = async (): Promise<void> => {
    this.#retraining?.stop();
    this.#host.requestUpdate();
    await this.#host.updateComplete;
    this.#host.renderRoot.querySelector<HTMLElement>('.retraining button')?.focus();
  };

  #toggleLines = async (): Promise<void> => {
    this.#isCodeOpen = !this.#isCodeOpen;
    this.#codeProblem = '';
    this.#host.requestUpdate();
    try {
      this.#snippets ??= (await import('../../ui/export/snippets.js')).SNIPPETS;
    } catch {
      this.#isCodeOpen = false;
      this.#codeProblem = 'The code could not be loaded. Check your connection and try again.';
    }
    this.#host.requestUpdate();
  };
}

/** A row whose numbers are so many times as large as those of all others has much stronger colors, too. */
const NOTABLE = 2;

/** Names the row of the output that stands out, if one does. */
export function longestRow(data: BlockData): string {
  const lengths = data.tokens.map((_, t) => lengthOf(data, outputOf(data.norm), t));
  const [first, second] = lengths.toSorted((a, b) => b - a);
  if (!second || first! < NOTABLE * second) return '';
  const name = visibleToken(data.tokens[lengths.indexOf(first!)]!);
  return `The numbers of ${name} leave ${number(first! / second, 2)} times as large as those of any other token, so its row has the strongest colors.`;
}

/** One number of the open value, with the sum that made it. */
function sumOf({data, token, channel, shown, off}: Opened): string {
  const at = (id: BlockNode['id']): number => data.values[id][token * data.width + channel]!;
  const signed = (term: number): string => `${term < 0 ? '−' : '+'} ${number(Math.abs(term))}`;
  const name = `Number ${channel + 1} of ${visibleToken(data.tokens[token]!)}`;
  const value = number(at(shown.id));
  const [stream, added] = shown.from;
  if (off === shown.id)
    return added
      ? `${name} is ${value}: only what the ${added === 'attn' ? 'attention' : 'MLP'} computed, because the shortcut is off.`
      : `${name} is ${value}: ${shown.kind === 'norm' ? 'the stream as it is, because the norm is off' : 'this part is off, so it adds nothing'}.`;
  if (stream && added) return `${name}: ${number(at(stream))} ${signed(at(added))} = ${value}.`;
  if (shown.kind === 'norm') return `${name}: ${number(at(stream!))} in the stream becomes ${value}.`;
  if (shown.kind === 'stream') return `${name} is ${value} as it enters.`;
  return `${name}: ${shown.kind === 'mlp' ? 'the MLP' : 'attention'} wants to add ${value}.`;
}

const renderLines = ({file, code}: CodeLines): TemplateResult =>
  html`<figure class="code" part="code"><figcaption><code>${file}</code></figcaption><pre tabindex="0"><code>${code}</code></pre></figure>`;
