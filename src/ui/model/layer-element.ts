import {html, nothing, type TemplateResult} from 'lit';
import {property} from 'lit/decorators.js';
import type {LiveModel} from '../../state/live-model.js';
import type {FooterOptions} from '../base/gpt-element.js';
import {TextElement} from '../base/text-element.js';
import type {ShownText} from '../base/text-field.js';
import {renderIndexPicker} from '../views/index-picker.js';
import {type AttentionLayer, type HeadValues, readLayer} from './attention-layer.js';
import {type LayerWeights, layerFrom} from './layer-data.js';
import {layerStyles} from './layer-element.styles.js';
import {headRows} from './layer-rows.js';

/** The base of elements that take one attention layer apart: adds the choice of layer and head to a view of a text. */
export abstract class LayerElement extends TextElement<AttentionLayer, {layer: number}> {
  static override styles = [...TextElement.styles, ...layerStyles];
  static override givenFacts = 'Weights given by this page';
  static override textField = {maxTokens: 10, empty: 'Type a text to see what becomes of it.'};

  /** `{x, wq, wk, wv, wo?, heads?}`: a layer to show without any model. `x` is `[T, C]`, the rest `[C, C]`. */
  @property({attribute: false}) accessor weights: LayerWeights | undefined;
  /** The tokens that the rows of `weights.x` belong to. */
  @property({attribute: false}) accessor tokens: string[] = [];
  /** Counted from 0; readers see “layer 1”. */
  @property({type: Number, reflect: true}) accessor layer = 0;
  /** Counted from 0; readers see “head 1”. */
  @property({type: Number, reflect: true}) accessor head = 0;
  /** Leaves out the choice of layer and head. */
  @property({type: Boolean, reflect: true, attribute: 'without-controls'}) accessor withoutControls = false;

  protected override dataFromProperties(): AttentionLayer | undefined {
    return this.weights && layerFrom(this.weights, this.tokens);
  }

  protected override request(): {layer: number} {
    return {layer: this.layer};
  }

  protected override load(
    model: LiveModel,
    {ids, layer}: {layer: number} & ShownText,
    signal: AbortSignal,
  ): Promise<AttentionLayer> {
    return readLayer(model, ids, layer, signal);
  }

  protected override renderData(layer: AttentionLayer): TemplateResult {
    return this.renderLayer(layer, layer.heads[this.shownHead]!);
  }

  /** What is drawn of the layer and of the chosen head. */
  protected abstract renderLayer(layer: AttentionLayer, head: HeadValues): TemplateResult;

  /** The index of the head on show: `head`, as far as the layer has so many. */
  protected get shownHead(): number {
    return Math.max(0, Math.min(Math.round(this.head) || 0, (this.data?.heads.length ?? 1) - 1));
  }

  /** The chosen head as a picture and as a table; elements add their code. */
  protected override footer(): FooterOptions {
    const {data} = this;
    if (!data) return {};
    const head = this.shownHead;
    return {
      picture: async () => (await import('./layer-picture.js')).headPicture(data, head, this.colors.theme),
      table: () => headRows(data, head),
    };
  }

  /** The choice of layer and head, where there are several. */
  protected renderPickers({layers, layer, heads}: AttentionLayer): TemplateResult | typeof nothing {
    if (this.withoutControls) return nothing;
    return html`${renderIndexPicker('Layer', layers, layer, (index) => (this.layer = index))}
    ${renderIndexPicker('Head', heads.length, this.shownHead, (index) => (this.head = index))}`;
  }
}
