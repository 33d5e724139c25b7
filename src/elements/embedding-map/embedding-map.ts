import {html, nothing, type PropertyValues, type TemplateResult} from 'lit';
import {property, state} from 'lit/decorators.js';
import {type Neighbor, nearest} from '../../math/neighbors.js';
import type {LiveModel} from '../../state/live-model.js';
import type {Tokenizer} from '../../tokenizers/tokenizer.js';
import {define} from '../../ui/base/define.js';
import type {FooterOptions} from '../../ui/base/gpt-element.js';
import {Memo} from '../../ui/base/memo.js';
import {modelFacts} from '../../ui/base/model-facts.js';
import {arrowStep} from '../../ui/base/stepping.js';
import {ViewElement} from '../../ui/base/view-element.js';
import {type GptTokenChosenDetail, type TableInput, tableFrom} from '../../ui/model/embedding-table.js';
import {readTable} from '../../ui/model/read-table.js';
import {CanvasSurface} from '../../viz/canvas-surface.js';
import {type Camera, drawScatter, placeOn, pointAt, pointTowards} from '../../viz/scatter.js';
import {CloudMaker} from './cloud.js';
import {styles} from './embedding-map.styles.js';
import {frequentTokens} from './frequent-tokens.js';
import {Glide} from './glide.js';
import {renderClasses, renderControls, renderTime} from './map-controls.js';
import {MapPointer, turnedByKey} from './map-pointer.js';
import {extentOf, type MapView, mapPicture, scatterOf, seenAt} from './map-points.js';
import {notes, reading} from './map-words.js';
import {matching} from './matching.js';
import {renderNeighbors} from './neighbor-table.js';
import {type Snapshot, Snapshots} from './snapshots.js';
import {classesIn, classify, type TokenClass} from './token-classes.js';

/** At this width or more, in pixels, the neighbors are beside the map: so many em wide, with so many em between. */
const WIDE = 700;
const [PANEL_EM, GAP_EM] = [17, 2];
const NEIGHBORS = 8;

/**
 * Shows tokens as points: tokens with similar vectors are close together. A principal component analysis in two or three
 * dimensions, the nearest neighbors of a token by cosine, and how the map changes while the model trains.
 *
 * Shows `weights` (or `snapshots`) set as properties, else the embedding of a model (`for`, an ancestor `<gpt-model>`, the
 * page's default model), with snapshots taken while it trains.
 *
 * @summary Tokens as points that move while the model trains, with nearest neighbors and a scrubber.
 * @group ids → vectors
 * @event {CustomEvent<{id: number, token: string}>} gpt-token-chosen - The reader has chosen a token.
 * @slot lead - Replaces the sentence above the drawing.
 * @csspart lead - The sentence above the drawing.
 * @csspart map - The drawing.
 * @csspart neighbors - The table of nearest neighbors.
 * @csspart readout - Says what is chosen or highlighted.
 * @csspart footer - Facts, code, export.
 */
export class EmbeddingMap extends ViewElement<Snapshots, object, {idsInUse: readonly number[]}> {
  static override styles = [...ViewElement.styles, ...styles];
  static override lead =
    'Which tokens does the model treat alike? Tokens with similar vectors are close together.';

  /** `[V, C]`: a list of rows, or row by row in one `Float32Array`. With these, no model is used. */
  @property({attribute: false}) accessor weights: TableInput | undefined;
  /** The same table at several training steps, oldest first, for the scrubber. Instead of `weights`. */
  @property({attribute: false}) accessor snapshots: {step: number; weights: TableInput}[] | undefined;
  /** The tokens that the rows belong to. */
  @property({attribute: false}) accessor tokens: string[] = [];
  /** 2 or 3. */
  @property({type: Number, reflect: true}) accessor dimensions: 2 | 3 = 2;
  /** The id of the chosen token. */
  @property({type: Number, reflect: true}) accessor token: number | undefined;
  /** The training step to show; the snapshot nearest to it is shown. Default: the newest, also while the model trains. */
  @property({type: Number, reflect: true}) accessor step: number | undefined;
  /** Leaves out search and the choice of dimensions. */
  @property({type: Boolean, reflect: true, attribute: 'without-controls'}) accessor withoutControls = false;
  /** Leaves out the table of nearest neighbors. It stays for screen readers. */
  @property({type: Boolean, reflect: true, attribute: 'without-neighbors'}) accessor withoutNeighbors = false;

  @state() private accessor hovered: number | undefined;
  @state() private accessor search = '';
  @state() private accessor camera: Camera = {yaw: 0.6, pitch: 0.35};

  /** What was read of the model so far, with this tokenizer. */
  #history = new Snapshots();
  #tokenizer?: Tokenizer;
  #classes?: TokenClass[];
  #neighbors: readonly Neighbor[] = [];
  readonly #classified = new Memo();
  readonly #measured = new Memo();
  readonly #painted = new Memo();
  readonly #glide = new Glide(() => this.#paint());
  readonly #clouds = new CloudMaker(() => this.requestUpdate());
  readonly #pointer = new MapPointer({
    now: () => ({dimensions: this.dimensions, camera: this.camera}),
    under: (event) => this.#pointUnder(event),
    hover: (row) => (this.hovered = row),
    choose: (row) => this.#choose(row),
    turn: (camera) => (this.camera = camera),
  });

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#glide.stop();
  }

  protected override dataFromProperties(): Snapshots | undefined {
    const given = this.snapshots ?? (this.weights && [{step: 0, weights: this.weights}]);
    if (!given) return undefined;
    const snapshots = new Snapshots();
    for (const {step, weights} of given) snapshots.add({...tableFrom(weights, this.tokens), step});
    return snapshots;
  }

  protected override async prepare(model: LiveModel): Promise<{idsInUse: readonly number[]}> {
    if (model.tokenizer !== this.#tokenizer) this.#history = new Snapshots();
    this.#tokenizer = model.tokenizer;
    return {idsInUse: await frequentTokens(model).catch(() => [])};
  }

  protected override async load(
    model: LiveModel,
    {idsInUse}: {idsInUse: readonly number[]},
    signal: AbortSignal,
  ): Promise<Snapshots> {
    const history = this.#history;
    const table = await readTable(model, [], signal);
    if (!signal.aborted) history.add(table, idsInUse);
    return history;
  }

  protected override modelChanged(): void {
    this.#history = new Snapshots();
  }

  protected override dataChanged(): void {
    this.#clouds.forget();
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    const {all, width, tokens} = this.#store;
    if (all.length) this.#clouds.make(all, width);
    if (this.#classified.changed(tokens)) this.#classes = classify(tokens);
    const shown = this.#shown;
    const chosen = this.#chosen;
    if (shown && this.#measured.changed(shown, chosen))
      this.#neighbors = chosen === undefined ? [] : nearest(shown.values, width, chosen, NEIGHBORS);
  }

  get #store(): Snapshots {
    return this.data ?? this.#history;
  }

  /** The snapshot on show. */
  get #shown(): Snapshot | undefined {
    return this.#store.all[this.#index];
  }

  get #index(): number {
    const {all} = this.#store;
    if (this.step === undefined) return all.length - 1;
    const distance = (index: number): number => Math.abs(all[index]!.step - this.step!);
    return all.reduce((best, _, index) => (distance(index) < distance(best) ? index : best), 0);
  }

  /** The row of the chosen token: to begin with, the first of the first class. */
  get #chosen(): number | undefined {
    const {ids} = this.#store;
    if (!ids.length) return undefined;
    if (this.token !== undefined) {
      const row = ids.indexOf(this.token);
      return row < 0 ? undefined : row;
    }
    const classes = this.#classes;
    return classes ? classes.indexOf(classesIn(classes)[0]!) : 0;
  }

  get #view(): MapView | undefined {
    const {cloud} = this.#clouds;
    if (!cloud || cloud.coordinates[0]!.length !== 3 * this.#store.tokens.length) return undefined;
    return {
      tokens: this.#store.tokens,
      classes: this.#classes,
      cloud,
      dimensions: this.dimensions === 3 ? 3 : 2,
      camera: this.camera,
      theme: this.colors.theme,
      chosen: this.#chosen,
      hovered: this.hovered,
      neighbors: this.#neighbors,
      matches: matching(this.#store.tokens, this.search),
    };
  }

  /** The size of the map in pixels, and whether the neighbors are beside it. */
  get #stage(): {width: number; height: number; beside: boolean} {
    const {width} = this.size;
    const beside = width >= WIDE && !this.withoutNeighbors;
    const em = Number.parseFloat(getComputedStyle(this).fontSize);
    const own = beside ? width - (PANEL_EM + GAP_EM) * em : width;
    return {width: Math.max(0, own), height: Math.round(Math.max(280, Math.min(520, own * 0.75))), beside};
  }

  protected override facts(): TemplateResult | string {
    return this.isGiven ? super.facts() : modelFacts(this, this.model, this.#shown?.step);
  }

  protected override footer(): FooterOptions {
    const view = this.#view;
    const target = view && this.#target(view);
    return {
      snippet: 'pca',
      picture: target && mapPicture(view, target, this.#shown?.step ?? 0),
    };
  }

  protected override renderData(): unknown {
    const view = this.#view;
    return view ? this.#renderMap(view) : this.renderWaiting();
  }

  #renderMap(view: MapView): TemplateResult {
    const {width, height, beside} = this.#stage;
    const {ids} = this.#store;
    return html`
      ${
        this.withoutControls
          ? nothing
          : renderControls({
              dimensions: view.dimensions,
              search: this.search,
              found: view.matches.size,
              look: (dimensions) => (this.dimensions = dimensions),
              find: (text) => this.#onSearch(text),
            })
      }
      <div class="main ${beside ? 'beside' : ''}">
        <div>
          <div
            class="stage ${view.dimensions === 3 ? 'turns' : ''}"
            part="map"
            role="application"
            tabindex="0"
            aria-label=${`Map of ${ids.length} tokens. Arrow keys choose the next token in their direction${view.dimensions === 3 ? '; with Shift they rotate the map' : ''}.`}
            aria-describedby="reading"
            @keydown=${this.#onKeydown}
          >
            <canvas
              aria-hidden="true"
              .style="width: ${width}px; height: ${height}px"
              @pointerdown=${this.#pointer.down}
              @pointermove=${this.#pointer.move}
              @pointerup=${this.#pointer.up}
              @pointercancel=${this.#pointer.cancel}
              @pointerleave=${() => (this.hovered = undefined)}
            ></canvas>
          </div>
          ${renderClasses(view)}
          ${renderTime({
            steps: this.#store.all.map(({step}) => step),
            index: this.#index,
            empty: this.isGiven ? '' : 'Train the model to see how the map changes.',
            go: (index) => this.#go(index),
          })}
        </div>
        <div class=${this.withoutNeighbors ? 'visually-hidden' : 'panel'} part="neighbors">${this.#renderNeighbors(view)}</div>
      </div>
      <p class="readout" part="readout" id="reading">${reading(view, this.#store, this.#shown!.values)}</p>
      ${notes(view, this.#store, this.isGiven)}
    `;
  }

  #renderNeighbors({tokens, chosen}: MapView): TemplateResult {
    if (chosen === undefined) return html`<p class="note">The chosen token is not on the map.</p>`;
    const [first] = this.#store.all;
    return renderNeighbors({
      tokens,
      width: this.#store.width,
      chosen,
      neighbors: this.#neighbors,
      first: first === this.#shown ? undefined : first,
      hover: (row) => (this.hovered = row),
      choose: (row) => this.#choose(row),
    });
  }

  #go(index: number): void {
    const {all} = this.#store;
    this.step = index === all.length - 1 ? undefined : all[index]!.step;
  }

  #onSearch(text: string): void {
    this.search = text;
    const [only, more] = matching(this.#store.tokens, text);
    if (only !== undefined && more === undefined) this.#choose(only);
  }

  #choose(row: number): void {
    const id = this.#store.ids[row]!;
    this.token = id;
    this.emit('gpt-token-chosen', {id, token: this.#store.tokens[row]!} satisfies GptTokenChosenDetail);
  }

  #onKeydown = (event: KeyboardEvent): void => {
    const view = this.#view;
    const step = view && arrowStep(event);
    if (!step) return;
    const arrow = [step[1], -step[0]] as const;
    if (event.shiftKey && view.dimensions === 3) this.camera = turnedByKey(this.camera, arrow);
    else if (!event.shiftKey) {
      const points = view.tokens.map((_, row) => seenAt(this.#glide.coordinates, row, view));
      this.#choose(pointTowards(points, view.chosen ?? 0, arrow));
    }
  };

  #pointUnder({offsetX, offsetY}: PointerEvent): number | undefined {
    const view = this.#view;
    if (!view) return undefined;
    const {width, height} = this.#stage;
    const points = view.tokens.map((_, row) => seenAt(this.#glide.coordinates, row, view));
    return pointAt(points, placeOn(width, height, extentOf(view)), offsetX, offsetY);
  }

  /** Where the points of the step on show are, or are moving to. */
  #target({cloud: {coordinates}}: MapView): Float32Array | undefined {
    return coordinates[Math.min(this.#index, coordinates.length - 1)];
  }

  protected override updated(): void {
    const view = this.#view;
    const target = view && this.#target(view);
    if (!view || !target || !this.size.width) return;
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    this.#glide.to(target, view.cloud.extent.radius, !still && this.isVisible);
    const {width, height} = this.#stage;
    const {camera, theme, chosen, hovered, dimensions, cloud} = view;
    const look = [camera, theme, chosen, hovered, dimensions, this.search, this.#neighbors, devicePixelRatio];
    const canvas = this.renderRoot.querySelector('canvas');
    if (this.#painted.changed(canvas, cloud, target, width, height, ...look)) this.#paint();
  }

  #paint(): void {
    const view = this.#view;
    const canvas = this.renderRoot.querySelector('canvas');
    if (!view || !canvas || !this.isConnected) return;
    const {width, height} = this.#stage;
    drawScatter(
      new CanvasSurface(canvas, width, height),
      view.theme,
      scatterOf(view, this.#glide.coordinates),
    );
  }
}

define('embedding-map', EmbeddingMap);

declare global {
  interface HTMLElementTagNameMap {
    'embedding-map': EmbeddingMap;
  }
}
