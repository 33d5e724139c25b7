import {adoptStyles, html, nothing, type PropertyValues, type TemplateResult} from 'lit';
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
import {CanvasSurface} from '../../viz/canvas-surface.js';
import {HeldExtent} from '../../viz/nice.js';
import type {ArchitectureData} from './data/architecture-data.js';
import {MAX_TOKENS, TALE} from './data/default-text.js';
import {describe} from './data/describe.js';
import type {CandidateDetail, TensorDetail} from './data/detail.js';
import {Latest} from './data/latest.js';
import {partTitle} from './data/part-title.js';
import {readArchitecture} from './data/read-architecture.js';
import {splitWordNote} from './data/split-words.js';
import {story} from './data/story.js';
import {POSITIONS, partName, partsIn, switchableParts} from './data/switches.js';
import {wholeNumber} from './data/whole-number.js';
import {drawMap, mapLayout, mapPicture} from './draw/draw-map.js';
import {extentsOf} from './draw/extents.js';
import type {MapView} from './draw/map-view.js';
import {styles} from './gpt-architecture.styles.js';
import {allNodes, type Box, type MapLayout} from './layout/map-layout.js';
import {spotsOf} from './layout/spots.js';
import {type Stage, stagesOf} from './stages/stages.js';
import {Opening} from './view/opening.js';
import {moveFrame, renderOverview, seenBy} from './view/overview.js';
import {pathTo, renderPartTree} from './view/part-tree.js';
import {Playback} from './view/playback.js';
import type {ProductPanel} from './view/product-panel.js';
import {renderWalkthrough} from './view/walkthrough.js';
import {Zooming} from './view/zooming.js';

interface ArchitectureRequest {
  off: string;
}

export interface GptPartDetail {
  part: string;
}

interface Scene {
  layout: MapLayout;
  view: MapView;
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
export class GptArchitecture extends TextElement<ArchitectureData, ArchitectureRequest> {
  static override styles = [...TextElement.styles, styles];
  static override lead =
    'How does a text become a prediction? Each token is a row. Attention lets it read earlier rows, an MLP finds patterns in what was read, and both add what they found to the gray stream. At its end stands the next token.';
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
  readonly #painted = new Memo();
  /** What the window on the map shows on a narrow page. */
  readonly #shown = new Memo();
  /** Loaded with the first look at single numbers. */
  #closer?: typeof import('./view/closer.js');
  #product?: ProductPanel;
  readonly #tensor = new Latest<TensorDetail>(() => this.requestUpdate());
  readonly #candidate = new Latest<CandidateDetail>(() => this.requestUpdate());
  readonly #opening = new Opening(
    () => this.#drawFrame(),
    () => this.requestUpdate(),
  );
  readonly #zooming = new Zooming((view) => this.#cameraMoved(view));
  #wasZoomed = false;
  readonly #playback = new Playback(() => this.#advance());
  readonly #extents = {embed: new HeldExtent(), hidden: new HeldExtent(), norm: new HeldExtent()};

  protected override dataFromProperties(): ArchitectureData | undefined {
    const {values} = this;
    if (values && values.tokens.length === 0)
      throw new Error('The forward pass has no tokens: give at least one.');
    return values;
  }

  protected override request(): ArchitectureRequest {
    return {off: this.off ?? ''};
  }

  protected override defaultText(model: LiveModel, {corpus}: ModelFacts): string {
    return model.spec.corpus?.kind === 'tiny-tales' ? TALE : openingOf(corpus.excerpt, TALE.length);
  }

  protected override load(
    model: LiveModel,
    {ids, off}: ArchitectureRequest & ShownText,
    signal: AbortSignal,
  ): Promise<ArchitectureData> {
    return readArchitecture(model, ids, off, signal);
  }

  /** Beside the text field: that a word which the reader has typed is not in the vocabulary. */
  protected override renderTextActions(): TemplateResult {
    const {data} = this;
    // Of characters, every word is made of pieces.
    const isApplicable = data && this.text !== undefined && this.model?.tokenizer?.spec.kind !== 'char';
    const hint = isApplicable ? splitWordNote(data.tokens, data.config.vocabSize) : undefined;
    return html`<span class="hint" role="status">${hint}</span>`;
  }

  protected override modelChanged(): void {
    for (const extent of Object.values(this.#extents)) extent.forget();
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
    this.#opening.finish();
    this.#tensor.stop();
    this.#candidate.stop();
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
    if (this.sizes && !this.#closer) void this.#loadCloser().then(() => this.requestUpdate());
    const tensor = this.#stageOf(data).stage?.tensor;
    if (tensor)
      this.#tensor.ask([model, data, tensor], async (signal) =>
        (await this.#loadCloser()).readTensor(model, data, tensor, signal),
      );
    const chosen = this.#chosen(data);
    const guess = this.#openCandidate(data, chosen);
    if (guess && model)
      this.#candidate.ask([model, data, chosen, guess.id], async (signal) =>
        (await this.#loadCloser()).readCandidate(model, data, chosen, guess.id, signal),
      );
  }

  async #loadCloser(): Promise<typeof import('./view/closer.js')> {
    if (this.#closer) return this.#closer;
    const closer = await import('./view/closer.js');
    if (!this.#closer) {
      this.#closer = closer;
      this.#product = new closer.ProductPanel(() => this.requestUpdate());
      adoptStyles(this.renderRoot as ShadowRoot, [
        ...(this.constructor as typeof GptArchitecture).elementStyles,
        closer.productStyles,
      ]);
    }
    return closer;
  }

  /** The candidate that is selected: its attribution is shown. */
  #openCandidate({stream}: ArchitectureData, chosen: number) {
    const index = /^next\.(\d+)$/.exec(this.selected ?? '')?.[1];
    return index === undefined ? undefined : stream.at(-1)?.guesses[chosen]?.[Number(index)];
  }

  #sceneOf(data: ArchitectureData): Scene {
    const {config, tokens} = data;
    const chosen = this.#chosen(data);
    const {embed, hidden, norm} = extentsOf(data);
    const layout = mapLayout({
      nLayers: config.nLayers,
      nHeads: config.nHeads,
      embDim: config.embDim,
      tokens: tokens.length,
      width: Math.max(280, this.size.width),
      chosen,
      focus: this.open || this.selected || this.stage || '',
      opened: this.#opening.amounts,
      compact: this.compact,
      labelLengths: tokens.map((token) => token.length),
    });
    const hovered = /^token\.(\d+)$/.exec(this.hovered ?? '')?.[1];
    return {
      layout,
      view: {
        data,
        theme: this.colors.theme,
        chosen,
        hovered: hovered === undefined ? undefined : Number(hovered),
        stage: this.#stageOf(data).stage,
        extents: {
          embed: this.#extents.embed.hold(embed),
          hidden: this.#extents.hidden.hold(hidden),
          norm: this.#extents.norm.hold(norm),
        },
      },
    };
  }

  /** The token whose lane is large. */
  #chosen({tokens}: ArchitectureData): number {
    return chosenIndex(this.token, tokens.length);
  }

  protected override renderData(data: ArchitectureData): TemplateResult {
    const {layout, view} = this.#scene!;
    const current = this.#current(layout);
    const {stages, index, stage} = this.#stageOf(data);
    const told = this.hovered ?? (this.selected ? current : stage?.parts[0]);
    const numbers = stage ? this.#renderTensor(stage, view) : nothing;
    return html`
      ${
        this.withoutWalkthrough || this.compact
          ? nothing
          : renderWalkthrough({
              stages,
              current: index,
              playing: this.#playback.playing,
              withStrip: layout.kind === 'narrow',
              goTo: (to) => {
                this.#playback.stop();
                this.#goTo(stages[to]!.id);
              },
              play: this.#play,
              end: () => {
                this.#playback.stop();
                this.#goTo('');
              },
            })
      }
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
          describe: (id) => describe(id, data, view.chosen),
          select: this.#select,
          open: this.#toggleOpen,
          zoom: this.#zoom,
          escape: () => {
            const {isZoomed} = this.#zooming;
            this.#zooming.reset();
            return isZoomed;
          },
          toggle: (id) => this.#switchPart(id, data),
          hover: (id) => (this.hovered = id),
        })}
        ${this.#zooming.isZoomed ? renderOverview(layout, this.#zooming.view) : nothing}
      </div>
      </div>
      ${this.compact ? nothing : html`<p class="key" part="key">${LEGEND}</p>`}
      <div class="told ${this.selected ? 'selected' : ''}">
      ${(this.selected || this.#zooming.isZoomed) && !this.compact ? this.#renderPath(layout, data, view.chosen) : nothing}
      <p class="readout" part="readout" role="status">${told === undefined ? story(data, view.chosen) : describe(told, data, view.chosen)}</p>
      ${this.compact ? nothing : this.#renderActions(current, data)}
      </div>
      ${numbers}
      ${this.sizes ? this.#closer?.renderSizes(data.config, data.tokens.length) : nothing}
      ${this.#renderCandidate(data, view.chosen)}
    `;
  }

  /** From the model to the selected part; each step of it can be selected. */
  #renderPath({nodes}: MapLayout, data: ArchitectureData, chosen: number): TemplateResult {
    const path = pathTo(nodes, this.selected);
    return html`<nav class="path" part="path" aria-label="Selected part">
      <button class="link" @click=${() => this.#leave()}>Model</button>
      ${path.map(
        ({id}) => html`<span aria-hidden="true">›</span>
          <button class="link" aria-current=${id === this.selected} @click=${() => this.#select(id)}>
            ${partTitle(id, data, chosen)}
          </button>`,
      )}
    </nav>`;
  }

  /** Back to the whole model. */
  #leave(): void {
    this.#zooming.reset();
    this.selected = this.open = '';
    this.emit('gpt-part', {part: ''} satisfies GptPartDetail);
  }

  #renderTensor({tensor}: Stage, {chosen, theme}: MapView): TemplateResult | typeof nothing {
    const {value, problem} = this.#tensor;
    if (!tensor) return nothing;
    if (problem) return html`<p class="note" role="status">${problem}</p>`;
    // The numbers of another stage, or of a longer text, wait invisible.
    if (value?.name !== tensor || chosen >= value.data.tokens.length) return html`<div class="detail"></div>`;
    return this.#closer!.renderTensorCells({
      detail: value,
      chosen,
      head: Math.min(this.head, value.data.config.nHeads - 1),
      cell: this.cell,
      theme,
      chooseHead: (head) => {
        this.head = head;
        this.cell = undefined;
      },
      chooseCell: (cell) => (this.cell = cell),
      product: (cell) =>
        this.#product!.render({
          detail: value,
          chosen,
          head: Math.min(this.head, value.data.config.nHeads - 1),
          cell,
          theme,
          width: this.size.width,
          choose: (token, at) => {
            this.token = token;
            this.cell = at;
          },
        }),
    });
  }

  #renderCandidate(data: ArchitectureData, chosen: number): TemplateResult | typeof nothing {
    const guess = this.#openCandidate(data, chosen);
    const {value, problem} = this.#candidate;
    if (!guess || this.isGiven) return nothing;
    if (problem) return html`<p class="note" role="status">${problem}</p>`;
    return value ? this.#closer!.renderAttribution(value) : nothing;
  }

  #goTo(stage: string): void {
    this.stage = stage;
    this.emit('gpt-stage', {stage});
  }

  #play = (playing: boolean): void => {
    if (playing) this.#playback.start();
    else this.#playback.stop();
    this.requestUpdate();
  };

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
    const ids = new Set([...allNodes(nodes)].map(({id}) => id));
    return ids.has(this.selected) ? this.selected : 'next';
  }

  #renderActions(current: string, data: ArchitectureData): TemplateResult {
    const {config} = data;
    const off = partsIn(this.off, config);
    const part = current === 'embed.position' ? POSITIONS : current;
    const canSwitch = !this.isGiven && switchableParts(config).includes(part);
    const isOff = off.includes(part);
    return html`<div class="actions" part="actions">
      ${
        canSwitch
          ? html`<button aria-pressed=${isOff} @click=${() => this.#switchPart(current, data)}>
              ${isOff ? 'Switch on' : 'Switch off'} ${partName(part)}
            </button>`
          : this.isGiven
            ? nothing
            : html`<span class="note">Choose a head or an MLP to open it or to switch it off.</span>`
      }
      ${
        CAN_OPEN.test(current) && this.#scene!.layout.kind === 'wide'
          ? html`<button aria-pressed=${this.open === current} @click=${() => this.#toggleOpen(current)}>
              ${this.open === current ? 'Close' : 'Open'}
            </button>`
          : nothing
      }
      <span class="zoom" role="group" aria-label="Zoom">
        <button aria-label="Zoom in" @click=${() => this.#zoomAt(current, true)}>+</button>
        <button aria-label="Zoom out" ?disabled=${!this.#zooming.isZoomed} @click=${() => this.#zoomAt(current, false)}>−</button>
      </span>
      <button aria-pressed=${this.sizes} @click=${() => (this.sizes = !this.sizes)}>Sizes</button>
      ${
        off.length > 0
          ? html`<button @click=${() => this.#setOff([])}>Reset all (${off.length} off)</button>`
          : nothing
      }
    </div>`;
  }

  /** Switches a part off or on again, if it can be. */
  #switchPart(id: string, {config}: ArchitectureData): void {
    const part = id === 'embed.position' ? POSITIONS : id;
    if (this.isGiven || !switchableParts(config).includes(part)) return;
    const off = partsIn(this.off, config);
    this.#setOff(
      partsIn((off.includes(part) ? off.filter((one) => one !== part) : [...off, part]).join(' '), config),
    );
  }

  #setOff(parts: readonly string[]): void {
    this.off = parts.join(' ');
    this.emit('gpt-off', {off: this.off});
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
    this.#product?.paint(this.renderRoot);
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

  /** While parts grow and shrink, only the drawing follows; what lies over it, when they have come to rest. */
  #drawFrame(): void {
    const {data} = this;
    if (!data) return;
    this.#scene = this.#sceneOf(data);
    this.#paint();
  }

  #paint(): void {
    const canvas = this.renderRoot.querySelector<HTMLCanvasElement>('.map > canvas');
    const scene = this.#scene;
    if (!canvas || !scene || !this.size.width) return;
    const {layout, view} = scene;
    const {data, theme, chosen, hovered} = view;
    const ratio = devicePixelRatio || 1;
    const camera = this.#zooming.view;
    if (
      !this.#painted.changed(
        canvas,
        data,
        theme,
        chosen,
        hovered,
        layout.width,
        layout.height,
        this.stage,
        this.#opening.amounts,
        ratio,
        camera,
      )
    )
      return;
    const surface = new CanvasSurface(canvas, layout.width, layout.height, ratio);
    const scale = ratio * camera.k;
    canvas.getContext('2d')!.setTransform(scale, 0, 0, scale, ratio * camera.x, ratio * camera.y);
    drawMap(surface, layout, {
      ...view,
      ...(camera.k > 1 && {zoom: camera.k, seen: seenBy(camera, layout)}),
    });
    const {k, x, y} = camera;
    this.renderRoot.querySelector<HTMLElement>('.tree')!.style.transform =
      k > 1 ? `translate(${x}px, ${y}px) scale(${k})` : '';
    moveFrame(this.renderRoot, layout, camera);
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
      picture: scene && mapPicture(scene.layout, scene.view),
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

const LEGEND = html`<span><i class="swatch share"></i>shares: attention weights and probabilities</span>
  <span><i class="swatch positive"></i><i class="swatch negative"></i>positive and negative numbers</span>
  <span><i class="swatch stream"></i>residual stream: one vector per token, passed on; at each ⊕ a part adds to it</span>`;

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
    'gpt-stage': CustomEvent<{stage: string}>;
  }
}
