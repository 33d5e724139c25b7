import {html, nothing, type TemplateResult} from 'lit';
import {property, state} from 'lit/decorators.js';
import type {LiveModel} from '../../state/live-model.js';
import {chosenIndex} from '../../ui/base/chosen-index.js';
import {define} from '../../ui/base/define.js';
import type {FooterOptions} from '../../ui/base/gpt-element.js';
import {TextElement} from '../../ui/base/text-element.js';
import type {ShownText} from '../../ui/base/text-field.js';
import {DrawingView} from '../../ui/views/drawing.js';
import {renderIndexPicker} from '../../ui/views/index-picker.js';
import {renderSteps} from '../../ui/views/step-buttons.js';
import {exportWidth, picture} from '../../viz/picture.js';
import type {Below, Opened} from './below.js';
import {type BlockData, type BlockInput, blockFrom, readBlock} from './block-data.js';
import {type BlockPlace, drawBlock, layOut, placeAt} from './block-drawing.js';
import {type BlockNode, changeNamed, NODES, nodesOf} from './block-nodes.js';
import {notableChannel} from './shares.js';
import {styles} from './transformer-block-viz.styles.js';

/** Milliseconds that playing stays at a node. */
const NODE_MS = 1800;

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
 * @csspart answer - How much of what leaves each part has added.
 * @csspart steps - The seven values, in order of computation.
 * @csspart outcome - What becomes of the prediction.
 * @csspart switches - The changes: parts that can be switched off, and the place of the norms.
 * @csspart retraining - The changed model, trained further.
 * @csspart matrix - The chosen value as a matrix.
 * @csspart readout - The line that follows one number.
 * @csspart footer - Facts, code, export and embed.
 * @cssproperty --gpt-residual - The residual stream.
 * @cssproperty --gpt-positive - Positive numbers.
 * @cssproperty --gpt-negative - Negative numbers.
 */
export class TransformerBlockViz extends TextElement<BlockData, {layer: number; off: string}> {
  static override styles = [...TextElement.styles, ...styles];
  static override givenFacts = 'Values given by this page';
  static override lead =
    'What does a block add to the stream? Each token carries a list of numbers, the stream. Attention adds to it what it finds in earlier tokens, then the MLP (a small network) adds what it computes from this token alone. Both read a rescaled copy, made by a norm.';
  static override textField = {maxTokens: 10, empty: 'Type a text to see it go through the block.'};

  /** `{resid_pre, ln_1, attn, resid_mid, ln_2, mlp, resid_post}`, each `[T][C]`. With these, no model is asked. */
  @property({attribute: false}) accessor values: BlockInput | undefined;
  /** The tokens that the rows of `values` belong to. */
  @property({attribute: false}) accessor tokens: string[] = [];
  /** The block on show, counted from 0; readers see “block 1”. */
  @property({type: Number, reflect: true}) accessor layer = 0;
  /** The open node: `resid_pre`, `ln_1`, `attn`, `resid_mid`, `ln_2`, `mlp` or `resid_post`. */
  @property({reflect: true}) accessor node = 'resid_pre';
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
  #timer?: ReturnType<typeof setTimeout>;
  readonly #flow = new DrawingView();
  #below?: Below;

  protected override dataFromProperties(): BlockData | undefined {
    if (!this.values) return undefined;
    // Where it cannot be loaded, the flow stands alone.
    this.#loadBelow().catch(() => undefined);
    return blockFrom(this.values, this.tokens);
  }

  protected override request(): {layer: number; off: string} {
    return {layer: this.layer, off: changeNamed(this.off)?.id ?? ''};
  }

  protected override async load(
    model: LiveModel,
    {ids, layer, off}: {layer: number; off: string} & ShownText,
    signal: AbortSignal,
  ): Promise<BlockData> {
    const [data] = await Promise.all([
      readBlock(model, ids, layer, changeNamed(off), signal),
      this.#loadBelow(),
    ]);
    return data;
  }

  async #loadBelow(): Promise<void> {
    const module = await import('./below.js').catch(() => {
      throw new Error('The code of the block could not be loaded. Check your connection and try again.');
    });
    if (this.#below) return;
    this.#below = new module.Below(this, {
      theme: () => this.colors.theme,
      width: () => this.size.width,
      model: () => this.model,
      layer: () => this.data?.layer ?? 0,
      follow: ({token, channel}) => {
        this.token = token;
        this.channel = channel;
      },
    });
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#pause();
    this.#below?.dropRetraining();
  }

  protected override modelChanged(): void {
    this.#below?.dropRetraining();
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

  #compose(data: BlockData): Opened {
    const token = chosenIndex(this.token, data.tokens.length);
    const shown = this.#nodes[this.#index]!;
    const channel = Math.min(this.channel ?? notableChannel(data, token), data.width - 1);
    const {isPlaying} = this;
    const change = data.usual && changeNamed(this.off);
    const off = change?.change && NODES.find(({id}) => id === change.id)!.id;
    return {data, token, node: this.#index, off, isPlaying, channel, shown};
  }

  protected override renderData(data: BlockData): TemplateResult {
    const drawing = this.#compose(data);
    const {width} = this.size;
    const {shown, node} = drawing;
    return html`
      <p class="answer" part="answer">${this.#below?.answer(data, drawing.token)}</p>
      ${this.withoutControls ? nothing : this.#renderSteps(data)}
      <p class="scales">A row: one token’s numbers, <i class="positive"></i>above 0, <i class="negative"></i>below 0</p>
      <div @click=${this.#openPointed}>
        ${this.#flow.render({
          name: 'flow',
          label: 'The block, value by value',
          width,
          height: layOut(drawing, width).height,
          draw: (surface) => drawBlock(surface, drawing, this.colors.theme),
          inputs: [data, drawing.token, drawing.channel, node, this.isPlaying, this.colors.theme],
          cursor: {
            now: node + 1,
            min: 1,
            max: NODES.length,
            step: 1,
            text: `${shown.title}. ${shown.sentence}`,
          },
          point: (at) => (this.#pointed = at && placeAt(at, drawing, width)),
          move: (to) => this.#choose(to - 1),
        })}
      </div>
      ${this.#below?.renderKey(data)}
      ${data.outcomes ? this.#below?.renderEffects(data, drawing.token) : nothing}
      ${this.#below?.renderOpened(drawing)}
    `;
  }

  #pointed?: BlockPlace;

  #openPointed = (): void => {
    if (!this.#pointed) return;
    const {node, channel} = this.#pointed;
    this.channel = channel ?? this.channel;
    this.#choose(node);
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
    this.#below?.paint();
  }
}

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
