import {html, nothing, type PropertyValues, type TemplateResult} from 'lit';
import {property, state} from 'lit/decorators.js';
import type {ModelFacts} from '../../engine/protocol.js';
import {yieldToEventLoop} from '../../math/yield-to-event-loop.js';
import type {LiveModel} from '../../state/live-model.js';
import {chosenIndex} from '../../ui/base/chosen-index.js';
import {define} from '../../ui/base/define.js';
import type {Emit, FooterOptions} from '../../ui/base/gpt-element.js';
import {TextElement} from '../../ui/base/text-element.js';
import {openingOf, type ShownText} from '../../ui/base/text-field.js';
import type {ArchitectureData} from './data/architecture-data.js';
import {MAX_TOKENS, TALE} from './data/default-text.js';
import {guessTable} from './data/guess-table.js';
import {headIn, partOpened} from './data/open-part.js';
import type {Changes} from './data/read-architecture.js';
import {wholeNumber} from './data/whole-number.js';
import {styles} from './gpt-architecture.styles.js';
import {hasNode, type MapLayout} from './layout/map-layout.js';
import {CloserLook} from './view/closer-look.js';
import {KEY} from './view/key-view.js';
import type {Look, LookAt} from './view/look.js';
import {MapCamera} from './view/map-camera.js';
import {renderMap} from './view/map-window.js';
import {Opening} from './view/opening.js';
import {PartControls} from './view/part-controls.js';
import {Pointing} from './view/pointing.js';
import {type Scene, Scenery} from './view/scenery.js';
import {renderTold} from './view/told-view.js';
import {Tour} from './view/tour.js';
import {walkthroughStyles} from './view/walkthrough.styles.js';
import {WordHint} from './view/word-hint.js';

export interface GptPartDetail {
  part: string;
}

/**
 * The map of a whole GPT: each token’s way from its embedding through all blocks to the next token’s probabilities. Every
 * number drawn is one of the running model. Parts can be switched off to see what the prediction owes to them.
 *
 * Shows `values` set as a property, else a model (`for`, an ancestor `<gpt-model>`, the page's default model) on `text`.
 *
 * @summary The whole GPT at work on a text, as a map of live numbers.
 * @group the model
 * @event {CustomEvent<{part: string}>} gpt-part - The reader has chosen a part: `h.0.attn.2`, `token.3`, `next.0`.
 * @event {CustomEvent<{stage: string}>} gpt-stage - The reader has gone to a stage of the walkthrough, or left it (empty).
 * @event {CustomEvent<{off: string}>} gpt-off - The reader has switched parts off or on again.
 * @event {CustomEvent<{patch: string, text: string}>} gpt-patch - The reader has patched parts from another text, or undone it.
 * @slot lead - Replaces the sentence above the drawing.
 * @csspart lead - The sentence above the drawing.
 * @csspart map - The map.
 * @csspart overview - Where the part on show lies, while the map is zoomed.
 * @csspart strip - On phones, the parts of the model, to go to.
 * @csspart walkthrough - The stages: buttons and what happens.
 * @csspart detail - Numbers of a tensor, or the attribution of a candidate.
 * @csspart arithmetic - The sum behind one number.
 * @csspart key - What colors and thickness mean.
 * @csspart path - From the model to the selected part.
 * @csspart sizes - The table of sizes.
 * @csspart family - GPT-2 small to XL, to scale.
 * @csspart diagrams - The complete architecture and multi-head attention as diagrams, to save as files.
 * @csspart patching - Where a part’s output is taken from another text.
 * @csspart readout - The line that says what is chosen or pointed at.
 * @csspart actions - What can be done with the chosen part.
 * @csspart footer - Facts, code, export and embed.
 * @cssproperty --gpt-attention - Attention weights and probabilities.
 * @cssproperty --gpt-residual - The residual stream.
 * @cssproperty --gpt-mlp - The MLPs’ titles.
 * @cssproperty --gpt-norm - Layer norms.
 * @cssproperty --gpt-positive - Positive numbers.
 * @cssproperty --gpt-negative - Negative numbers.
 */
export class GptArchitecture extends TextElement<ArchitectureData, Changes> {
  static override styles = [...TextElement.styles, styles, walkthroughStyles];
  static override lead =
    'How does a text become a prediction? A text goes in, its next token comes out. On the way, attention and MLPs add to each token’s numbers: the gray line gets thicker.';
  static override textField = {maxTokens: MAX_TOKENS, empty: 'Type a text to see how the model reads it.'};

  /** A forward pass to show: `{config, tokens, ids, trace, stream, off}`. With it, no model is asked. */
  @property({attribute: false}) accessor values: ArchitectureData | undefined;
  /** The token whose lane is large, counted from 0. Default: the last one. */
  @property({reflect: true, converter: wholeNumber}) accessor token: number | undefined;
  /** The chosen part: `h.0.attn.2` (a head), `h.1.mlp`, `embed.token`, `token.3`, `next.0`. */
  @property({reflect: true}) accessor selected = '';
  /**
   * The part that is looked at closely, with its numbers below the map: `h.0.attn.2` (a head), `h.1.mlp`, `embed.token`, `h.0`, `next`. Or one of its
   * tensors by its trace name, with the head after `attn` where each head has one: `h.0.attn.2.probs`, `h.1.mlp.hidden`, `h.0.ln_1`, `logits`.
   */
  @property({reflect: true}) accessor open = '';
  /** Parts that are switched off, separated by spaces: `h.0.attn.2`, `h.1.mlp`, `positions`. */
  @property({reflect: true}) accessor off = '';

  /** Parts whose output is taken from the other text, `patch-text`, separated by spaces: `h.0.attn.2`, `h.1.mlp`. */
  @property({reflect: true}) accessor patch = '';
  /** The text that patches are taken from; it has to have as many tokens as `text`. Empty: patching is not offered. */
  @property({reflect: true, attribute: 'patch-text'}) accessor patchText = '';

  /** The stage of the walkthrough: `text`, `embed.token`, `h.0.attn.softmax`, `h.1.mlp.gelu`, `logits`, `next` … Empty: the whole map. */
  @property({reflect: true}) accessor stage = '';
  /** Shows how many parameters, bytes and operations each part has. */
  @property({type: Boolean, reflect: true}) accessor sizes = false;
  /** Lower, without actions, and the walkthrough behind a button: for a page where the map is not alone. */
  @property({type: Boolean, reflect: true}) accessor compact = false;
  /** Leaves out the walkthrough. */
  @property({type: Boolean, reflect: true, attribute: 'without-walkthrough'}) accessor withoutWalkthrough =
    false;

  @state() private accessor hovered: string | undefined;
  /** The head whose numbers a stage shows. */
  @state() private accessor head = 0;
  /** The number whose sum is shown, by its index on the last axis. */
  @state() private accessor cell: number | undefined;

  #scene?: Scene;
  readonly #scenery = new Scenery();
  readonly #opening = new Opening(
    () => this.#drawFrame(),
    () => this.requestUpdate(),
  );
  readonly #tour = new Tour(this, {
    data: () => this.data,
    moved: (stage) => this.emit('gpt-stage', {stage}),
  });
  readonly #reader = {
    isGiven: () => this.isGiven,
    shownText: () => this.shownText,
    lengthOf: (text: string) => this.model?.encode(text).length ?? 0,
    emit: ((type, detail) => this.emit(type, detail)) as Emit,
  };
  readonly #closer = new CloserLook(
    this,
    (this.constructor as typeof GptArchitecture).elementStyles,
    this.#reader,
  );
  readonly #camera = new MapCamera(
    this,
    () => (this.#scene && this.size.width ? this.#scene : undefined), // measuring makes the browser lay out the page
    () => this.#opening.amounts,
  );
  readonly #controls = new PartControls(this, {
    ...this.#reader,
    isNarrow: () => this.#scene?.layout.kind === 'narrow',
    select: (part) => this.#select(part),
    closer: this.#closer,
    camera: this.#camera,
    tour: this.#tour,
  });
  readonly #pointing = new Pointing((part) => (this.hovered = part));
  readonly #words = new WordHint(() => this.requestUpdate());

  protected override dataFromProperties(): ArchitectureData | undefined {
    const {values} = this;
    if (values && values.tokens.length === 0)
      throw new Error('The forward pass has no tokens: give at least one.');
    return values;
  }

  protected override request(): Changes {
    return {off: this.off ?? '', patch: this.patch ?? '', patchText: this.patchText ?? ''};
  }

  protected override defaultText(model: LiveModel, {corpus}: ModelFacts): string {
    return model.spec.corpus?.kind === 'tiny-tales' ? TALE : openingOf(corpus.excerpt, TALE.length);
  }

  protected override async load(
    model: LiveModel,
    {ids, ...changes}: Changes & ShownText,
    signal: AbortSignal,
  ): Promise<ArchitectureData> {
    const {readArchitecture} = await import('./data/read-architecture.js').catch(() => {
      throw new Error('The code of the map could not be loaded. Check your connection and try again.');
    });
    await this.#tour.load();
    const data = await readArchitecture(model, ids, changes, signal, () =>
      this.#closer.along(model, this.#look, chosenIndex(this.token, ids.length)),
    );
    if (!this.#scene) await this.#prepare(data, signal);
    return data;
  }

  /** Spreads the first drawing over several tasks, so that none keeps the page from answering its reader. */
  async #prepare(data: ArchitectureData, signal: AbortSignal): Promise<void> {
    // None where a page’s figures are recorded, nor where there is no room for a map.
    if (!('OffscreenCanvas' in globalThis) || this.size.width <= 0) return;
    await yieldToEventLoop(signal);
    this.#camera.prepare(this.#sceneOf(data));
    await yieldToEventLoop(signal);
  }

  protected override renderTextActions(): TemplateResult {
    return html`${this.#renderBegin('wide')}${this.#words.render(this.data, this.text, this.model, super.note())}`;
  }

  /** The compact form’s button: beside the text, or on a narrow page below the map, so that the prediction comes first. */
  #renderBegin(kind: MapLayout['kind']): TemplateResult | typeof nothing {
    const isOffered = this.compact && !this.withoutWalkthrough && !this.stage;
    return isOffered && this.#scene?.layout.kind === kind ? this.#tour.renderBegin() : nothing;
  }

  /** Beside the text field, where the tokens are, and not below the map. */
  protected override note(): undefined {}

  /** Another text: its last token is large again. */
  protected override onTextInput(text: string): void {
    this.token = undefined;
    super.onTextInput(text);
  }

  protected override modelChanged(): void {
    this.#scenery.forget();
  }

  constructor() {
    super();
    this.addEventListener('keydown', (event) => {
      this.#pointing.rest(event);
      const [target] = event.composedPath();
      if (event.key === 'Escape') this.#controls.escape(event);
      // A link that leads to a stage focuses the element itself: the keys of the walkthrough work there too.
      else if (target === this) this.#tour.key(event);
    });
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.requestUpdate(); // asks again for what was stopped
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#tour.stop();
    this.#opening.finish();
    this.#closer.panel?.stop();
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    if ((changed.has('stage') || changed.has('open')) && !changed.has('cell')) this.cell = undefined;
    if (changed.has('stage') && this.stage) {
      // A stage begins without what was opened before it, unless the page asks for both at once.
      if (!changed.has('open')) this.open = '';
      if (!changed.has('selected')) this.selected = '';
    }
    this.head = headIn(this.open ?? '') ?? this.head;
    this.#tour.load().catch(() => undefined); // the map stands without its stage
    const {data} = this;
    if (data)
      this.#opening.show(partOpened(this.open ?? '') || this.#tour.partOf(data, this.head), {
        animate: this.#scene !== undefined && this.isConnected,
      });
    this.#scene = data && this.#sceneOf(data);
    if (data && this.isConnected) this.#askForDetail(data);
  }

  #askForDetail(data: ArchitectureData): void {
    const {open, stage, selected} = this.#look;
    if (this.sizes || this.patchText || open || stage || selected.startsWith('next.'))
      void this.#closer.load();
    this.#closer.panel?.ask(this.#lookAt(data));
  }

  get #look(): Look {
    return {open: this.open ?? '', stage: this.stage ?? '', selected: this.selected ?? '', head: this.head};
  }

  #lookAt(data: ArchitectureData): LookAt {
    const chosen = chosenIndex(this.token, data.tokens.length);
    return {
      ...this.#look,
      model: this.isGiven ? undefined : this.model,
      data,
      chosen,
      cell: this.cell,
      theme: this.colors.theme,
      width: this.size.width,
      sizes: this.sizes,
      show: (open) => this.#controls.show(open),
      goTo: this.#tour.goTo,
      chooseHead: (head) => {
        this.head = head;
        this.cell = undefined;
      },
      choose: (token, cell) => {
        if (token !== chosen) this.token = token;
        this.cell = cell;
      },
      leave: this.#controls.leaveNumbers,
    };
  }

  #sceneOf(data: ArchitectureData): Scene {
    const {stage} = this.#tour.stageOf(data);
    return this.#scenery.sceneOf(data, {
      theme: this.colors.theme,
      width: this.size.width,
      chosen: chosenIndex(this.token, data.tokens.length),
      hovered: this.hovered,
      stage,
      focus: this.open || this.selected || this.stage || '',
      opened: this.#opening.amounts,
      compact: this.compact,
    });
  }

  protected override renderData(data: ArchitectureData): TemplateResult {
    const {layout} = this.#scene!;
    const current = hasNode(layout.nodes, this.selected) ? this.selected : 'next';
    const {stage} = this.#tour.stageOf(data);
    const {panel} = this.#closer;
    const look = this.#lookAt(data);
    // Above the map it is read first; where there is little room, the map is.
    const isKeyAbove = layout.kind === 'wide' && !this.compact;
    return html`
      ${this.withoutWalkthrough || (this.compact && !this.stage) ? nothing : this.#tour.render({...look, tensors: panel?.tensorsFor(look)}, layout)}
      ${isKeyAbove ? KEY : nothing}
      ${renderMap({
        scene: this.#scene!,
        camera: this.#camera,
        current,
        selected: this.selected,
        select: this.#select,
        controls: this.#controls,
        pointing: this.#pointing,
      })}
      ${this.#renderBegin('narrow')}
      ${isKeyAbove ? nothing : KEY}
      ${renderTold({
        look,
        current,
        hovered: this.hovered,
        place: panel?.placeIn(look),
        compact: this.compact,
        nodes: layout.nodes,
        isZoomed: this.#camera.isZoomed,
        goBack: this.#controls.goBack,
        leave: this.#controls.leave,
        actions: () => this.#controls.render(current, data),
      })}
      ${panel ? panel.render(look) : this.open || stage?.tensor ? html`<div class="detail"></div>` : nothing}
    `;
  }

  #select = (part: string): void => {
    this.head = headIn(part) ?? this.head;
    const token = /^token\.(\d+)$/.exec(part)?.[1];
    if (token !== undefined) this.token = Number(token);
    this.selected = part;
    this.emit('gpt-part', {part});
  };

  protected override updated(): void {
    this.#closer.panel?.paint();
    this.#camera.paint();
    this.#camera.showSpot();
  }

  /** While something moves, only the drawing follows; what lies over it, when they have come to rest. */
  #drawFrame(): void {
    const {data} = this;
    if (!data) return;
    this.#scene = this.#sceneOf(data);
    this.#camera.paint();
  }

  protected override footer(data = this.data): FooterOptions {
    const scene = this.#scene;
    return {
      snippet: this.isGiven ? undefined : 'block',
      picture:
        scene && (async () => (await import('./draw/map-picture.js')).mapPicture(scene.layout, scene.view)),
      table: data && (() => guessTable(data)),
    };
  }
}

define('gpt-architecture', GptArchitecture);

declare global {
  interface HTMLElementTagNameMap {
    'gpt-architecture': GptArchitecture;
  }
  interface GlobalEventHandlersEventMap {
    'gpt-part': CustomEvent<GptPartDetail>;
    'gpt-off': CustomEvent<{off: string}>;
    'gpt-patch': CustomEvent<{patch: string; text: string}>;
    'gpt-stage': CustomEvent<{stage: string}>;
  }
}
