import {html, nothing, type PropertyValues, type TemplateResult} from 'lit';
import {property, state} from 'lit/decorators.js';
import type {ModelFacts} from '../../engine/protocol.js';
import type {LiveModel} from '../../state/live-model.js';
import {chosenIndex} from '../../ui/base/chosen-index.js';
import {define} from '../../ui/base/define.js';
import {visibleToken} from '../../ui/base/format.js';
import type {FooterOptions} from '../../ui/base/gpt-element.js';
import {Memo} from '../../ui/base/memo.js';
import {stepFor} from '../../ui/base/stepping.js';
import {TextElement} from '../../ui/base/text-element.js';
import {openingOf, type ShownText} from '../../ui/base/text-field.js';
import type {CameraView} from '../../viz/camera.js';
import type {ArchitectureData, Config} from './data/architecture-data.js';
import {MAX_TOKENS, OTHER_TALE, TALE} from './data/default-text.js';
import {describe} from './data/describe.js';
import {type Along, type Changes, readArchitecture} from './data/read-architecture.js';
import {story} from './data/story.js';
import {partsIn, patchesIn, switchableParts, switchedBy, toggled} from './data/switches.js';
import {wholeNumber} from './data/whole-number.js';
import {styles} from './gpt-architecture.styles.js';
import {allNodes, type Box, type MapLayout} from './layout/map-layout.js';
import {spotsOf} from './layout/spots.js';
import {type Stage, stagesOf} from './stages/stages.js';
import {renderActions} from './view/actions-view.js';
import {CloserLook} from './view/closer-look.js';
import {KEY} from './view/key-view.js';
import {Opening} from './view/opening.js';
import {renderOverview} from './view/overview.js';
import {Painter} from './view/painter.js';
import {pathTo, renderPartTree} from './view/part-tree.js';
import {renderPath} from './view/path-view.js';
import {Playback} from './view/playback.js';
import type {Pulse} from './view/pulse.js';
import {type Scene, Scenery} from './view/scenery.js';
import {renderWalkthrough} from './view/walkthrough.js';
import {Zooming} from './view/zooming.js';

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
  static override styles = [...TextElement.styles, styles];
  static override lead =
    'How does a text become a prediction? Each token is a row. Attention reads earlier rows, an MLP finds patterns in what was read; both add to the gray stream, and from its end comes the next token.';
  static override textField = {maxTokens: MAX_TOKENS, empty: 'Type a text to see how the model reads it.'};

  /** A forward pass to show: `{config, tokens, ids, trace, stream, off}`. With it, no model is asked. */
  @property({attribute: false}) accessor values: ArchitectureData | undefined;
  /** The token whose lane is large, counted from 0. Default: the last one. */
  @property({reflect: true, converter: wholeNumber}) accessor token: number | undefined;
  /** The chosen part: `h.0.attn.2` (a head), `h.1.mlp`, `embed.token`, `token.3`, `next.0`. */
  @property({reflect: true}) accessor selected = '';
  /** The part that takes more room, with more of its numbers: a head, an MLP or an embedding; of a model with many blocks, also a block. */
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
  /** Less high, without key, walkthrough and actions: for a page where the map is not alone. */
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
  readonly #painter = new Painter();
  /** What the window on the map shows on a narrow page. */
  readonly #shown = new Memo();
  readonly #closer = new CloserLook(this, (this.constructor as typeof GptArchitecture).elementStyles);
  readonly #opening = new Opening(
    () => this.#drawFrame(),
    () => this.requestUpdate(),
  );
  /** Loaded when the reader first plays the pass. */
  #pulse?: Pulse;
  /** Loaded when a text is set. */
  #words?: typeof import('./data/split-words.js');
  readonly #zooming = new Zooming((view) => this.#cameraMoved(view));
  #wasZoomed = false;
  readonly #playback = new Playback(() => this.#advance());

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

  protected override load(
    model: LiveModel,
    {ids, ...changes}: Changes & ShownText,
    signal: AbortSignal,
  ): Promise<ArchitectureData> {
    return this.#read(model, ids, changes, signal);
  }

  async #read(
    model: LiveModel,
    ids: readonly number[],
    changes: Changes,
    signal: AbortSignal,
  ): Promise<ArchitectureData> {
    const config = model.config!;
    const along = model.status === 'training' ? await this.#alongside(config, ids.length) : {};
    return readArchitecture(model, ids, changes, signal, along);
  }

  /** What the reader looks at besides the map. */
  async #alongside(config: Config, tokens: number): Promise<Along> {
    const tensor = stagesOf(config).find(({id}) => id === this.stage)?.tensor;
    const isCandidate = this.selected?.startsWith('next.') && config.norm !== 'post';
    return {
      ...(await this.#closer.wanted(tensor, config)),
      ...(isCandidate && {attributed: {position: chosenIndex(this.token, tokens)}}),
    };
  }

  /** Beside the text field: that a word which the reader has typed is not in the vocabulary. */
  protected override renderTextActions(): TemplateResult {
    const {data} = this;
    // Of characters, every word is made of pieces.
    const isApplicable = data && this.text !== undefined && this.model?.tokenizer?.spec.kind !== 'char';
    if (isApplicable && !this.#words) void this.#loadWords();
    const hint = isApplicable ? this.#words?.splitWordNote(data.tokens, data.config.vocabSize) : undefined;
    return html`<span class="hint" role="status">${hint}</span>`;
  }

  async #loadWords(): Promise<void> {
    this.#words = await import('./data/split-words.js');
    this.requestUpdate();
  }

  protected override modelChanged(): void {
    this.#scenery.forget();
  }

  constructor() {
    super();
    // A link that leads to a stage focuses the element itself: the keys of the walkthrough work there too.
    this.addEventListener('keydown', (event) => {
      const {data} = this;
      if (!data || !this.stage || event.composedPath()[0] !== this) return;
      const {stages, index = 0} = this.#stageOf(data);
      const step = stepFor(event, {current: index, last: stages.length - 1});
      if (step !== undefined) this.#goTo(stages[step]!.id);
    });
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.requestUpdate(); // asks again for what was stopped
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#playback.stop();
    this.#pulse?.stop();
    this.#opening.finish();
    this.#closer.stop();
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    if (changed.has('stage')) this.cell = undefined;
    if (changed.has('stage') && this.stage) {
      // A stage begins without what was opened before it, unless the page asks for both at once.
      if (!changed.has('open')) this.open = '';
      if (!changed.has('selected')) this.selected = '';
    }
    const {data} = this;
    if (data)
      this.#opening.show(this.#openPart(data), {animate: this.#scene !== undefined && this.isConnected});
    this.#scene = data && this.#sceneOf(data);
    if (data && this.isConnected) this.#askForDetail(data);
  }

  /** The part that takes more room: the one that the reader opened, else the one that the stage is about. */
  #openPart(data: ArchitectureData): string {
    if (this.open) return this.open;
    const {tensor, parts: [part = ''] = []} = this.#stageOf(data).stage ?? {};
    if (!part.endsWith('.attn')) return part;
    return tensor?.endsWith('.attn.probs') ? `${part}.${this.head}` : '';
  }

  /** The stage on show, and its index among all. */
  #stageOf({config}: ArchitectureData): {
    stages: readonly Stage[];
    index: number | undefined;
    stage: Stage | undefined;
  } {
    const stages = stagesOf(config);
    const index = stages.findIndex(({id}) => id === this.stage);
    return {stages, index: index < 0 ? undefined : index, stage: stages[index]};
  }

  #askForDetail(data: ArchitectureData): void {
    const model = this.isGiven ? undefined : this.model;
    if (this.sizes || this.patchText) void this.#closer.load();
    const tensor = this.#stageOf(data).stage?.tensor;
    if (tensor) this.#closer.askTensor(model, data, tensor);
    const chosen = this.#chosen(data);
    const guess = this.#openCandidate(data, chosen);
    if (guess && model) this.#closer.askCandidate(model, data, chosen, guess);
  }

  /** The candidate that is selected: its attribution is shown. */
  #openCandidate({stream}: ArchitectureData, chosen: number) {
    const index = /^next\.(\d+)$/.exec(this.selected ?? '')?.[1];
    return index === undefined ? undefined : stream.at(-1)?.guesses[chosen]?.[Number(index)];
  }

  #sceneOf(data: ArchitectureData): Scene {
    const {stage} = this.#stageOf(data);
    const scene = this.#scenery.sceneOf(data, {
      theme: this.colors.theme,
      width: this.size.width,
      chosen: this.#chosen(data),
      hovered: this.hovered,
      stage,
      focus: this.open || this.selected || this.stage || '',
      opened: this.#opening.amounts,
      compact: this.compact,
    });
    return {...scene, view: {...scene.view, cover: this.#pulse?.cover}};
  }

  /** The token whose lane is large. */
  #chosen({tokens}: ArchitectureData): number {
    return chosenIndex(this.token, tokens.length);
  }

  protected override renderData(data: ArchitectureData): TemplateResult {
    const {layout, view} = this.#scene!;
    const {chosen} = view;
    const current = this.#current(layout);
    const {stage} = this.#stageOf(data);
    const told = this.hovered ?? (this.selected ? current : stage?.parts[0]);
    const {isZoomed} = this.#zooming;
    const key = !this.compact;
    const path = {nodes: layout.nodes, selected: this.selected, data, chosen};
    return html`
      ${this.withoutWalkthrough || this.compact ? nothing : this.#renderWalkthrough(data, layout)}
      ${key && layout.kind === 'wide' ? KEY : nothing}
      <div class=${layout.kind === 'narrow' && stage ? 'window' : ''}>
      <div
        class="map"
        part="map"
        .style="height: ${layout.height}px"
        @pointerenter=${(event: PointerEvent) => void this.#zooming.attach(event.currentTarget as HTMLElement)}
      >
        <canvas aria-hidden="true"></canvas>
        ${renderPartTree({
          nodes: layout.nodes,
          current,
          selected: this.selected,
          describe: (id) => describe(id, data, chosen),
          select: this.#select,
          open: this.#toggleOpen,
          zoom: this.#zoom,
          escape: () => {
            const wasZoomed = this.#zooming.isZoomed;
            this.#zooming.reset();
            return wasZoomed;
          },
          toggle: (id) => this.#switchPart(id, data),
          hover: (id) => (this.hovered = id),
        })}
        ${isZoomed ? renderOverview(layout, this.#zooming.view) : nothing}
      </div>
      </div>
      ${key && layout.kind === 'narrow' ? KEY : nothing}
      <div class="told ${this.selected ? 'selected' : ''}">
      ${
        (this.selected || isZoomed) && !this.compact
          ? renderPath({...path, select: this.#select, leave: () => this.#leave()})
          : nothing
      }
      <p class="readout" part="readout" role="status">${told === undefined ? story(data, chosen) : describe(told, data, chosen)}</p>
      ${this.compact ? nothing : this.#renderActions(current, data)}
      ${this.patchText && !this.compact && !this.isGiven ? this.#renderPatching(current, data) : nothing}
      </div>
      ${stage?.tensor ? this.#renderTensor(stage.tensor) : nothing}
      ${this.sizes ? this.#closer.code?.renderSizes(data.config, data.tokens.length) : nothing}
      ${this.#openCandidate(data, chosen) && !this.isGiven ? this.#closer.renderCandidate() : nothing}
    `;
  }

  #renderWalkthrough(data: ArchitectureData, {kind}: MapLayout): TemplateResult {
    const {stages, index} = this.#stageOf(data);
    const goTo = (stage: string): void => {
      this.#playback.stop();
      this.#goTo(stage);
    };
    return renderWalkthrough({
      stages,
      current: index,
      playing: this.#playback.playing,
      withStrip: kind === 'narrow',
      goTo: (to) => goTo(stages[to]!.id),
      play: this.#play,
      end: () => goTo(''),
      pulse: () => void this.#playPass(),
    });
  }

  #renderTensor(name: string): TemplateResult | typeof nothing {
    return this.#closer.renderTensor(name, this.#scene!.view, {
      head: this.head,
      cell: this.cell,
      width: this.size.width,
      chooseHead: (head) => {
        this.head = head;
        this.cell = undefined;
      },
      chooseCell: (cell) => (this.cell = cell),
      choose: (token, cell) => {
        this.token = token;
        this.cell = cell;
      },
    });
  }

  /** Back to the whole model. */
  #leave(): void {
    this.#zooming.reset();
    this.selected = this.open = '';
    this.emit('gpt-part', {part: ''} satisfies GptPartDetail);
  }

  #goTo(stage: string): void {
    this.#pulse?.stop();
    this.stage = stage;
    this.emit('gpt-stage', {stage});
  }

  #play = (playing: boolean): void => {
    if (playing) this.#playback.start();
    else this.#playback.stop();
    this.requestUpdate();
  };

  async #playPass(): Promise<void> {
    const module = await import('./view/pulse.js');
    this.#pulse ??= new module.Pulse(
      () => this.colors.theme,
      () => this.#drawFrame(),
    );
    if (this.isConnected) this.#pulse.start();
  }

  /** Goes to the next stage while playing. */
  #advance(): boolean {
    const {data} = this;
    if (!data) return false;
    const {stages, index = -1} = this.#stageOf(data);
    const next = stages[index + 1];
    if (next) this.#goTo(next.id);
    this.requestUpdate();
    return index + 2 < stages.length;
  }

  /** The part that is chosen, where the map has it. */
  #current({nodes}: MapLayout): string {
    if (this.selected) for (const {id} of allNodes(nodes)) if (id === this.selected) return id;
    return 'next';
  }

  #renderActions(current: string, data: ArchitectureData): TemplateResult {
    return renderActions({
      config: data.config,
      current,
      off: partsIn(this.off, data.config),
      isGiven: this.isGiven,
      open: this.open,
      canOpen: CAN_OPEN.test(current) && this.#scene!.layout.kind === 'wide',
      isZoomed: this.#zooming.isZoomed,
      sizes: this.sizes,
      isPatching: Boolean(this.patchText),
      switchPart: () => this.#switchPart(current, data),
      reset: () => this.#setOff(''),
      toggleOpen: () => this.#toggleOpen(current),
      zoom: (into) => this.#zoomAt(current, into),
      toggleSizes: () => (this.sizes = !this.sizes),
      togglePatching: () =>
        this.#setPatch('', this.patchText ? '' : this.shownText === TALE ? OTHER_TALE : this.shownText),
    });
  }

  #renderPatching(current: string, {config}: ArchitectureData): TemplateResult | undefined {
    return this.#closer.code?.renderPatching({
      text: this.patchText,
      patched: patchesIn(this.patch, config),
      part: patchesIn(current, config)[0],
      setText: (text) => this.#setPatch(this.patch, text),
      toggle: () => this.#setPatch(toggled(this.patch, current, config), this.patchText),
      undoAll: () => this.#setPatch('', this.patchText),
    });
  }

  #setPatch(patch: string, text: string): void {
    this.patch = patch;
    this.patchText = text;
    this.emit('gpt-patch', {patch, text});
  }

  /** Switches a part off or on again, if it can be. */
  #switchPart(id: string, {config}: ArchitectureData): void {
    const part = switchedBy(id);
    if (!this.isGiven && switchableParts(config).includes(part))
      this.#setOff(toggled(this.off, part, config));
  }

  #setOff(off: string): void {
    this.off = off;
    this.emit('gpt-off', {off});
  }

  #toggleOpen = (part: string): void => {
    if (CAN_OPEN.test(part)) this.open = this.open === part ? '' : part;
  };

  /** Zooms the map in or out around the middle of a part, in the chosen token’s lane where that runs through it. */
  #zoom = ({x, y, width, height}: Box, into: boolean): void => {
    const {layout, view} = this.#scene!;
    const parts = layout.lanes[view.chosen]?.parts;
    const middle = parts && parts.y > y && parts.y < y + height ? parts.y + parts.height / 2 : y + height / 2;
    void this.#zooming.step(this.#map!, into, x + width / 2, middle);
  };

  #zoomAt(part: string, into: boolean): void {
    const {layout} = this.#scene!;
    const node = this.selected ? pathTo(layout.nodes, part).at(-1) : undefined;
    this.#zoom(node?.rect ?? {x: 0, y: 0, width: layout.width, height: layout.height}, into);
  }

  get #map(): HTMLElement | null {
    return this.renderRoot.querySelector<HTMLElement>('.map');
  }

  #select = (part: string): void => {
    const head = /^h\.\d+\.attn\.(\d+)$/.exec(part)?.[1];
    if (head !== undefined) this.head = Number(head);
    const token = /^token\.(\d+)$/.exec(part)?.[1];
    if (token !== undefined) this.token = Number(token);
    this.selected = part;
    this.emit('gpt-part', {part} satisfies GptPartDetail);
  };

  protected override updated(): void {
    this.#closer.paint();
    this.#paint();
    this.#showSpot();
  }

  /** On a narrow page, scrolls the window on the map to what the stage computes. */
  #showSpot(): void {
    const mapWindow = this.renderRoot.querySelector('.window');
    const scene = this.#scene;
    const {stage} = scene?.view ?? {};
    if (!mapWindow || !scene || !stage || !this.#shown.changed(mapWindow, stage.id, scene.layout.height))
      return;
    const [spot] = spotsOf(stage.id, stage.parts, scene.layout, scene.view.chosen);
    if (spot) mapWindow.scrollTop = spot.y + spot.height / 2 - mapWindow.clientHeight / 2;
  }

  /** While something moves, only the drawing follows; what lies over it, when they have come to rest. */
  #drawFrame(): void {
    const {data} = this;
    if (!data) return;
    this.#scene = this.#sceneOf(data);
    this.#paint();
  }

  #paint(): void {
    if (this.#scene && this.size.width)
      this.#painter.paint(this.renderRoot, this.#scene, this.#zooming.view, this.#opening.amounts);
  }

  /** The reader zooms or moves the map: it is drawn again, and all else only where the zoom begins or ends. */
  #cameraMoved = ({k}: CameraView): void => {
    if (k > 1 === this.#wasZoomed) this.#paint();
    else this.requestUpdate();
    this.#wasZoomed = k > 1;
  };

  protected override footer(data = this.data): FooterOptions {
    const scene = this.#scene;
    return {
      snippet: this.isGiven ? undefined : 'block',
      picture:
        scene &&
        (async () => {
          const {mapPicture} = await import('./draw/map-picture.js');
          return mapPicture(scene.layout, scene.view);
        }),
      table:
        data &&
        (() => [
          ['token', 'next token', 'probability'],
          ...data.tokens.flatMap((token, t) =>
            (data.stream.at(-1)?.guesses[t] ?? []).map((guess) => [
              visibleToken(token),
              visibleToken(guess.token),
              guess.probability,
            ]),
          ),
        ]),
    };
  }
}

/** Parts that can take more room. */
const CAN_OPEN = /^(embed\.(token|position)|h\.\d+\.(mlp|attn\.\d+))$/;

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
