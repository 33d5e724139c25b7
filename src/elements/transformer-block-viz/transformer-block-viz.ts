import {html, nothing, type PropertyValues, type TemplateResult} from 'lit';
import {property, state} from 'lit/decorators.js';
import {argMax} from '../../math/largest.js';
import type {LiveModel} from '../../state/live-model.js';
import {chosenIndex} from '../../ui/base/chosen-index.js';
import {define} from '../../ui/base/define.js';
import {number, visibleToken} from '../../ui/base/format.js';
import type {FooterOptions} from '../../ui/base/gpt-element.js';
import {sideways} from '../../ui/base/sideways.js';
import {TextElement} from '../../ui/base/text-element.js';
import type {ShownText} from '../../ui/base/text-field.js';
import {DrawingView} from '../../ui/views/drawing.js';
import {renderIndexPicker} from '../../ui/views/index-picker.js';
import {renderSteps} from '../../ui/views/step-buttons.js';
import {exportWidth, picture} from '../../viz/picture.js';
import {type CodeLines, codeOf} from './block-code.js';
import {type BlockData, type BlockInput, blockFrom, readBlock} from './block-data.js';
import {type BlockDrawing, drawBlock, extentsOf, layOut, nodeAt, scaleOf} from './block-drawing.js';
import {type BlockNode, type Change, changeNamed, NODES, nodesOf, optionsFor} from './block-nodes.js';
import {cellAt, drawValues, matrixHeight, matrixWidth, numbersPerCell} from './matrix-drawing.js';
import {renderOutcomes} from './outcome-view.js';
import type {Retraining} from './retraining.js';
import {styles} from './transformer-block-viz.styles.js';

/** Milliseconds that playing stays at a node. */
const NODE_MS = 1800;
/** Pixels below which the table of changes leaves a column out. */
const NARROW = 520;

/**
 * One transformer block as data flow: the residual stream is the main line, and each sublayer reads a normalized copy of
 * it and adds to it. The reader steps through the seven values, opens each as a matrix with the code that computes it,
 * and switches parts off, or moves the norms after the sums, to see what becomes of the output and the prediction, and
 * whether the rest of the model makes up for it when it is trained a little further.
 *
 * Shows `values` set as a property, else a block of a model (`for`, an ancestor `<gpt-model>`, the page's default model).
 *
 * @summary One block step by step, with real values at every node and parts that can be switched off.
 * @group the block
 * @slot lead - Replaces the sentence above the drawing.
 * @csspart lead - The sentence above the drawing.
 * @csspart steps - The seven values, in order of computation.
 * @csspart outcome - What becomes of the prediction.
 * @csspart switches - The changes: parts that can be switched off, and the place of the norms.
 * @csspart retraining - The changed model, trained further.
 * @csspart matrix - The chosen value as a matrix.
 * @csspart readout - The line that follows one number.
 * @csspart footer - Facts, code, export and embed.
 * @cssproperty --gpt-residual - The residual stream.
 * @cssproperty --gpt-norm - A layer norm.
 * @cssproperty --gpt-value - Attention.
 * @cssproperty --gpt-mlp - The MLP.
 */
export class TransformerBlockViz extends TextElement<BlockData, {layer: number; off: string}> {
  static override styles = [...TextElement.styles, ...styles];
  static override givenFacts = 'Values given by this page';
  static override lead =
    'What does a block do to the stream? Attention and the MLP each read a normalized copy of it, and add what they find.';
  static override textField = {maxTokens: 10, empty: 'Type a text to see it go through the block.'};

  /** `{resid_pre, ln_1, attn, resid_mid, ln_2, mlp, resid_post}`, each `[T][C]`. With these, no model is asked. */
  @property({attribute: false}) accessor values: BlockInput | undefined;
  /** The tokens that the rows of `values` belong to. */
  @property({attribute: false}) accessor tokens: string[] = [];
  /** The block on show, counted from 0; readers see “block 1”. */
  @property({type: Number, reflect: true}) accessor layer = 0;
  /** The open node: `resid_pre`, `ln_1`, `attn`, `resid_mid`, `ln_2`, `mlp` or `resid_post`. */
  @property({reflect: true}) accessor node = 'resid_mid';
  /**
   * The part that is switched off: `ln_1`, `attn`, `resid_mid` (the first shortcut), `ln_2`, `mlp` or `resid_post` (the second);
   * or `post-norm`: all norms of the model stand after the sums.
   */
  @property({reflect: true}) accessor off = '';
  /** The chosen token, counted from 0. Default: the last. */
  @property({type: Number, reflect: true}) accessor token: number | undefined;
  /** How many steps the changed model is trained further. */
  @property({type: Number, reflect: true, attribute: 'retrain-steps'}) accessor retrainSteps = 40;
  /** Leaves out the steps, the choice of a change, and the retraining. */
  @property({type: Boolean, reflect: true, attribute: 'without-controls'}) accessor withoutControls = false;

  @state() private accessor channel: number | undefined;
  @state() private accessor isPlaying = false;
  @state() private accessor snippets: typeof import('../../ui/export/snippets.js').SNIPPETS | undefined;
  @state() private accessor isCodeOpen = false;
  @state() private accessor codeProblem = '';
  @state() private accessor lab: typeof import('./retraining-view.js') | undefined;
  @state() private accessor retrainingProblem = '';
  #retraining?: Retraining;
  #timer?: ReturnType<typeof setTimeout>;
  readonly #flow = new DrawingView();
  readonly #matrix = new DrawingView();

  protected override dataFromProperties(): BlockData | undefined {
    return this.values && blockFrom(this.values, this.tokens);
  }

  protected override request(): {layer: number; off: string} {
    return {layer: this.layer, off: changeNamed(this.off)?.id ?? ''};
  }

  protected override load(
    model: LiveModel,
    {ids, layer, off}: {layer: number; off: string} & ShownText,
    signal: AbortSignal,
  ): Promise<BlockData> {
    return readBlock(model, ids, layer, changeNamed(off), signal);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#pause();
    this.#dropRetraining();
  }

  protected override modelChanged(): void {
    this.#dropRetraining();
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    if (changed.has('off') || changed.has('layer')) this.#dropRetraining();
  }

  get #nodes(): readonly BlockNode[] {
    return nodesOf(this.data?.norm ?? 'pre');
  }

  get #index(): number {
    const index = this.#nodes.findIndex(({id}) => id === this.node);
    return index < 0 ? NODES.length - 1 : index;
  }

  #goTo(index: number): void {
    this.node = this.#nodes[index]!.id;
  }

  #pause(): void {
    clearTimeout(this.#timer);
    this.isPlaying = false;
  }

  /** Shows one value after another, from the first one on. */
  #play(): void {
    this.isPlaying = true;
    this.#goTo(0);
    const next = (): void => {
      this.#goTo(Math.min(NODES.length - 1, this.#index + 1));
      if (this.#index === NODES.length - 1) this.#pause();
      else this.#timer = setTimeout(next, NODE_MS);
    };
    this.#timer = setTimeout(next, NODE_MS);
  }

  #compose(data: BlockData): BlockDrawing & {channel: number; shown: BlockNode} {
    const token = chosenIndex(this.token, data.tokens.length);
    const shown = this.#nodes[this.#index]!;
    const row = Array.from(
      data.values[shown.id].slice(token * data.width, (token + 1) * data.width),
      Math.abs,
    );
    const channel = Math.min(this.channel ?? argMax(row), data.width - 1);
    const {isPlaying} = this;
    const change = data.usual && changeNamed(this.off);
    const off = change?.change && NODES.find(({id}) => id === change.id)!.id;
    return {data, token, node: this.#index, off, isPlaying, channel, shown};
  }

  protected override renderData(data: BlockData): TemplateResult {
    const drawing = this.#compose(data);
    const {width} = this.size;
    const {shown, node} = drawing;
    const {stream, norm} = extentsOf(data);
    return html`
      ${this.withoutControls ? nothing : this.#renderSteps(data)}
      <p class="scales">
        <i class="positive"></i>above 0 <i class="negative"></i>below 0, darkest at ±${number(stream)} in the stream and in
        what is added to it, at ±${number(norm)} after a norm. Frames: <i class="stream"></i>stream <i class="norm"></i>norm
        <i class="attention"></i>attention <i class="mlp"></i>MLP
      </p>
      <div @click=${this.#openPointed}>
        ${this.#flow.render({
          name: 'flow',
          label: 'The block, value by value',
          width,
          height: layOut(drawing, width).height,
          draw: (surface) => drawBlock(surface, drawing, this.colors.theme),
          inputs: [data, drawing.token, node, this.isPlaying, this.colors.theme],
          cursor: {
            now: node + 1,
            min: 1,
            max: NODES.length,
            step: 1,
            text: `${shown.title}. ${shown.sentence}`,
          },
          point: (at) => (this.#pointed = at && nodeAt(at, drawing, width)),
          move: (to) => this.#choose(to - 1),
        })}
      </div>
      ${data.outcomes ? this.#renderEffects(data, drawing.token) : nothing}
      ${this.#renderOpened(drawing)}
    `;
  }

  #pointed?: number;

  #openPointed = (): void => {
    if (this.#pointed !== undefined) this.#choose(this.#pointed);
  };

  /** The reader chooses a value: playing ends. */
  #choose(index: number): void {
    this.#pause();
    this.#goTo(index);
  }

  #renderSteps({layers, layer}: BlockData): TemplateResult {
    return html`<div class="walk">
      ${renderSteps({names: this.#nodes.map(({short}) => short), current: this.#index + 1, goTo: (step) => this.#choose(step - 1)})}
      <button @click=${() => (this.isPlaying ? this.#pause() : this.#play())}>${this.isPlaying ? 'Pause' : 'Play'}</button>
      ${renderIndexPicker('Block', layers, layer, (index) => (this.layer = index))}
    </div>`;
  }

  /** What each change does to the prediction, and what some steps of training then make of it. */
  #renderEffects(data: BlockData, token: number): TemplateResult {
    const change = changeNamed(this.off);
    const choose = this.withoutControls ? undefined : (id: string) => (this.off = id);
    return html`<div class="effects">
      ${renderOutcomes({data, token, change, choose, isNarrow: this.size.width < NARROW})}
      ${this.withoutControls ? nothing : this.#renderRetraining(change)}
    </div>`;
  }

  #renderRetraining(change: Change | undefined): TemplateResult {
    const run = this.#retraining;
    const steps = this.retrainSteps;
    return html`<section class="retraining" part="retraining" aria-label="Retraining">
      <h3>Can the rest of the model make up for it?</h3>
      <p class="actions">
        ${
          !change
            ? 'Choose a change. The model as it is and the changed one then learn from the same text a little longer: does the changed one catch up?'
            : run?.isRunning
              ? html`<button @click=${this.#stopRetraining}>Cancel</button>
                  <progress max=${steps} .value=${run.step} aria-label="Steps of both models"></progress>`
              : html`<button @click=${this.#retrain}>Retrain ${steps} steps ${change.phrase}</button>`
        }
      </p>
      ${this.retrainingProblem ? html`<p role="status">${this.retrainingProblem}</p>` : nothing}
      ${change && run && this.lab ? this.lab.renderRetraining(run, change.phrase, steps) : nothing}
    </section>`;
  }

  #retrain = async (): Promise<void> => {
    const {model, data} = this;
    const change = changeNamed(this.off);
    if (!model || !data || !change) return;
    this.retrainingProblem = '';
    try {
      this.lab ??= await import('./retraining-view.js');
    } catch {
      this.retrainingProblem =
        'The code for training could not be loaded. Check your connection and try again.';
      return;
    }
    const obstacle = this.lab.obstacleTo(model);
    if (obstacle) this.retrainingProblem = obstacle;
    else {
      this.#retraining ??= new this.lab.Retraining(() => this.requestUpdate());
      await this.#retraining.run(model, optionsFor(change, data.layer), this.retrainSteps);
    }
  };

  #stopRetraining = (): void => {
    this.#retraining?.stop();
    this.requestUpdate();
  };

  /** What was retrained belongs to one change of one model. */
  #dropRetraining(): void {
    this.#retraining?.stop();
    this.#retraining = undefined;
    this.retrainingProblem = '';
  }

  #renderOpened(drawing: BlockDrawing & {channel: number; shown: BlockNode}): TemplateResult {
    const {data, token, channel, shown} = drawing;
    const values = data.values[shown.id];
    const {theme} = this.colors;
    const width = matrixWidth(data, this.size.width);
    const scale = scaleOf(shown, data, theme);
    const size = numbersPerCell(data);
    const text = this.#followed(drawing);
    const at = token * data.width + channel;
    return html`<section class="opened" part="matrix" aria-label=${shown.title}>
      <h3>${shown.title} <code>h.${data.layer}.${shown.at}</code> <span class="shape">[T, C] = [${data.tokens.length}, ${data.width}]</span></h3>
      <p class="sentence">${shown.sentence}${size > 1 ? ` A cell stands for ${size} numbers and shows the one furthest from 0.` : ''}</p>
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
            if (place) this.#follow(cellAt(place, data, values, width));
          },
          move: (to) =>
            this.#follow({token: Math.floor((to - 1) / data.width), channel: (to - 1) % data.width}),
        })}
      </div>
      <p class="readout" part="readout">${text}</p>
      <button class="lines" aria-expanded=${this.isCodeOpen} @click=${this.#toggleLines}>Lines of code for this value</button>
      <span role="status">${this.codeProblem}</span>
      ${this.isCodeOpen && this.snippets ? codeOf(shown.id, data.norm, this.snippets).map(renderLines) : nothing}
    </section>`;
  }

  #follow({token, channel}: {token: number; channel: number}): void {
    this.token = token;
    this.channel = channel;
  }

  #toggleLines = async (): Promise<void> => {
    this.isCodeOpen = !this.isCodeOpen;
    this.codeProblem = '';
    try {
      this.snippets ??= (await import('../../ui/export/snippets.js')).SNIPPETS;
    } catch {
      this.isCodeOpen = false;
      this.codeProblem = 'The code could not be loaded. Check your connection and try again.';
    }
  };

  /** One number of the open value, with the sum that made it. */
  #followed({data, token, channel, shown, off}: BlockDrawing & {channel: number; shown: BlockNode}): string {
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

  protected override footer(data = this.data): FooterOptions {
    const snippet = 'block';
    if (!data) return {snippet};
    const drawing = this.#compose(data);
    const {theme} = this.colors;
    const width = exportWidth(this.size.width);
    return {
      snippet,
      picture: picture({
        width,
        height: layOut(drawing, width).height,
        title: 'One transformer block, with its values',
        theme,
        draw: (surface) => drawBlock(surface, drawing, theme),
      }),
      table: () => tableOf(data),
    };
  }

  protected override updated(): void {
    this.#flow.paint(this.renderRoot);
    this.#matrix.paint(this.renderRoot);
    if (this.lab && this.#retraining)
      this.lab.paintRetraining(
        this.renderRoot,
        this.#retraining,
        changeNamed(this.off)?.name ?? '',
        this.colors.theme,
        this.retrainSteps,
      );
  }
}

const renderLines = ({file, code}: CodeLines): TemplateResult =>
  html`<figure class="code" part="code"><figcaption><code>${file}</code></figcaption><pre tabindex="0"><code>${code}</code></pre></figure>`;

/** A line for each number of each value. */
function* tableOf({tokens, width, values}: BlockData): Generator<(string | number)[]> {
  yield ['token', 'number', ...NODES.map(({at}) => at)];
  for (const [t, token] of tokens.entries())
    for (let c = 0; c < width; c++) yield [token, c + 1, ...NODES.map(({id}) => values[id][t * width + c]!)];
}

define('transformer-block-viz', TransformerBlockViz);

declare global {
  interface HTMLElementTagNameMap {
    'transformer-block-viz': TransformerBlockViz;
  }
}
