import {html, nothing, type PropertyValues, type TemplateResult} from 'lit';
import {property, state} from 'lit/decorators.js';
import type {ModelFacts} from '../../engine/protocol.js';
import type {LiveModel} from '../../state/live-model.js';
import {define} from '../../ui/base/define.js';
import {visibleToken} from '../../ui/base/format.js';
import type {FooterOptions} from '../../ui/base/gpt-element.js';
import {Memo} from '../../ui/base/memo.js';
import {TextElement} from '../../ui/base/text-element.js';
import {openingOf, type ShownText} from '../../ui/base/text-field.js';
import {CanvasSurface} from '../../viz/canvas-surface.js';
import {HeldExtent} from '../../viz/nice.js';
import type {ArchitectureData} from './data/architecture-data.js';
import {MAX_TOKENS, TALE} from './data/default-text.js';
import {describe} from './data/describe.js';
import {readArchitecture} from './data/read-architecture.js';
import {partName, partsIn, switchableParts} from './data/switches.js';
import {drawMap, mapLayout, mapPicture} from './draw/draw-map.js';
import {extentsOf} from './draw/extents.js';
import type {MapView} from './draw/map-view.js';
import {styles} from './gpt-architecture.styles.js';
import {allNodes, type MapLayout} from './layout/map-layout.js';
import {renderPartTree} from './view/part-tree.js';

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
 * @event {CustomEvent<{off: string}>} gpt-off - The reader has switched parts off or on again.
 * @slot lead - Replaces the sentence above the drawing.
 * @csspart lead - The sentence above the drawing.
 * @csspart map - The map.
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
    'How does a text become a prediction? Each token has a lane: attention carries information between lanes, the MLPs work on each, and what they add to the gray stream becomes the next token.';
  static override textField = {maxTokens: MAX_TOKENS, empty: 'Type a text to see how the model reads it.'};

  /** A forward pass to show: `{config, tokens, ids, trace, stream, off}`. With it, no model is asked. */
  @property({attribute: false}) accessor values: ArchitectureData | undefined;
  /** The token whose lane is large, counted from 0. Default: the last one. */
  @property({type: Number, reflect: true}) accessor token: number | undefined;
  /** The chosen part: `h.0.attn.2` (a head), `h.1.mlp`, `embed.token`, `token.3`, `next.0`. */
  @property({reflect: true}) accessor selected = '';
  /** Parts that are switched off, separated by spaces: `h.0.attn.2`, `h.1.mlp`, `positions`. */
  @property({reflect: true}) accessor off = '';

  @state() private accessor hovered: string | undefined;

  #scene?: Scene;
  readonly #painted = new Memo();
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

  protected override modelChanged(): void {
    for (const extent of Object.values(this.#extents)) extent.forget();
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    this.#scene = this.data && this.#sceneOf(this.data);
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
      open: this.selected ?? '',
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
    const last = tokens.length - 1;
    const wanted = this.token ?? last;
    return wanted >= 0 && wanted <= last ? Math.floor(wanted) : last;
  }

  protected override renderData(data: ArchitectureData): TemplateResult {
    const {layout, view} = this.#scene!;
    const current = this.#current(layout);
    const told = this.hovered ?? current;
    return html`
      <div class="map" part="map" .style="height: ${layout.height}px">
        <canvas aria-hidden="true"></canvas>
        ${renderPartTree({
          nodes: layout.nodes,
          current,
          describe: (id) => describe(id, data, view.chosen),
          select: this.#select,
          hover: (id) => (this.hovered = id),
        })}
      </div>
      <p class="readout" part="readout" role="status">${describe(told, data, view.chosen)}</p>
      ${this.#renderActions(current, data)}
    `;
  }

  /** The part that is chosen, where the map has it. */
  #current({nodes}: MapLayout): string {
    const ids = new Set([...allNodes(nodes)].map(({id}) => id));
    return ids.has(this.selected) ? this.selected : 'next';
  }

  #renderActions(current: string, data: ArchitectureData): TemplateResult | typeof nothing {
    if (this.isGiven) return nothing;
    const {config} = data;
    const off = partsIn(this.off, config);
    const part = current === 'embed.position' ? 'positions' : current;
    const canSwitch = switchableParts(config).includes(part);
    const isOff = off.includes(part);
    return html`<div class="actions" part="actions">
      ${
        canSwitch
          ? html`<button aria-pressed=${isOff} @click=${() => this.#switch(part, config)}>
              ${isOff ? 'Switch on' : 'Switch off'} ${partName(part)}
            </button>`
          : html`<span class="note">Choose a head or an MLP to switch it off.</span>`
      }
      ${
        off.length > 0
          ? html`<button @click=${() => this.#setOff([])}>Reset all (${off.length} off)</button>`
          : nothing
      }
    </div>`;
  }

  #switch(part: string, config: ArchitectureData['config']): void {
    const off = partsIn(this.off, config);
    this.#setOff(off.includes(part) ? off.filter((one) => one !== part) : [...off, part]);
  }

  #setOff(parts: readonly string[]): void {
    this.off = parts.join(' ');
    this.emit('gpt-off', {off: this.off});
  }

  #select = (part: string): void => {
    const token = /^token\.(\d+)$/.exec(part)?.[1];
    if (token !== undefined) this.token = Number(token);
    this.selected = part;
    this.emit('gpt-part', {part} satisfies GptPartDetail);
  };

  protected override updated(): void {
    const canvas = this.renderRoot.querySelector('canvas');
    const scene = this.#scene;
    if (!canvas || !scene || !this.size.width) return;
    const {layout, view} = scene;
    const {data, theme, chosen, hovered} = view;
    const ratio = devicePixelRatio || 1;
    if (
      !this.#painted.changed(
        canvas,
        data,
        theme,
        chosen,
        hovered,
        layout.width,
        layout.height,
        this.selected,
        ratio,
      )
    )
      return;
    drawMap(new CanvasSurface(canvas, layout.width, layout.height, ratio), layout, view);
  }

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

define('gpt-architecture', GptArchitecture);

declare global {
  interface HTMLElementTagNameMap {
    'gpt-architecture': GptArchitecture;
  }
  interface GlobalEventHandlersEventMap {
    'gpt-part': CustomEvent<GptPartDetail>;
    'gpt-off': CustomEvent<{off: string}>;
  }
}
