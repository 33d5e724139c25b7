/** What is to be drawn, worked out from the data and the reader's choices: each part again only when it changes. */
import {visibleToken} from '../../../ui/base/format.js';
import {Memo} from '../../../ui/base/memo.js';
import {type ColorScale, shareScale} from '../../../viz/color.js';
import type {Theme} from '../../../viz/theme.js';
import type {AttentionData} from '../data/attention-data.js';
import type {HeadChoice, Highlight} from '../data/choice.js';
import {type Comparison, comparison} from '../data/compare.js';
import type {View} from './attention-controls.js';
import {type AttentionDrawing, attentionDrawing, type Quantity} from './attention-drawing.js';
import {type LinksView, linksView} from './links-view.js';
import {type MatrixLayout, matrixLayout} from './matrix-layout.js';

export interface SceneSettings {
  data: AttentionData;
  /** Whether the data is a placeholder that only reserves room. */
  waiting: boolean;
  chosen: HeadChoice;
  highlighted: Highlight;
  show: Quantity;
  view: View;
  compare: string;
  snapshot: AttentionData | undefined;
  /** The row that an exercise hides. */
  hidden: number | undefined;
  scale: 'sqrt' | 'linear';
  withoutHeads: boolean;
  theme: Theme;
  /** Pixels for everything. */
  width: number;
}

export interface Scene {
  data: AttentionData;
  chosen: HeadChoice;
  highlighted: Highlight;
  hidden: number | undefined;
  theme: Theme;
  /** Number of small pictures in a row; 0 if there is nothing to choose. */
  heads: number;
  layout: MatrixLayout;
  /** The colors of weights. */
  weightScale: ColorScale;
  compared?: Comparison;
  /** Why there is nothing to compare with, as a sentence for the reader. */
  compareProblem?: string;
  /** Undefined while a layer is read: the previous drawing stays. */
  drawing?: AttentionDrawing;
  /** Set if links are shown instead of the matrix. */
  links?: LinksView;
}

/** Caches a value until one of its inputs changes. */
class Cached<T> {
  readonly #inputs = new Memo();
  #value: T | undefined;

  get(inputs: readonly unknown[], make: () => T): T {
    if (this.#inputs.changed(...inputs)) this.#value = make();
    return this.#value as T;
  }
}

export class SceneMaker {
  readonly #scale = new Cached<ColorScale>();
  readonly #layout = new Cached<MatrixLayout>();
  readonly #compared = new Cached<Comparison | string | undefined>();
  readonly #drawing = new Cached<AttentionDrawing | undefined>();
  readonly #links = new Cached<LinksView | undefined>();

  make(settings: SceneSettings): Scene {
    const {data, waiting, chosen, highlighted, show, view, compare, snapshot, hidden, scale, theme, width} =
      settings;
    const {layer, head} = chosen;
    const heads = settings.withoutHeads || data.weights.length * data.heads < 2 ? 0 : data.heads;
    const layout = this.#layout.get([data, heads, width], () =>
      matrixLayout(data.tokens.map(visibleToken), heads, width),
    );
    // A scale caches its shades.
    const weightScale = this.#scale.get([theme, scale], () => shareScale(theme, scale));
    const compared = this.#compared.get([data, layer, head, compare, snapshot], () =>
      comparison(data, chosen, compare, snapshot),
    );
    const difference = typeof compared === 'object' ? compared : undefined;
    const {cell, wideLabels, stage = width} = layout;
    const drawing = this.#drawing.get([data, layer, head, show, compared, cell, weightScale, theme], () =>
      // The layer to compare with may still be read.
      compare && !compared
        ? undefined
        : attentionDrawing(data, chosen, {show, compared: difference, cell, weightScale, theme}),
    );
    // A placeholder has no numbers; links reserve the room of its tokens.
    const matrix =
      drawing?.matrix ?? (waiting ? {size: data.tokens.length, values: [], causal: true} : undefined);
    const links = this.#links.get([drawing, view, wideLabels, stage, hidden, data], () =>
      view === 'links' && matrix ? linksView(matrix, wideLabels, stage, hidden) : undefined,
    );
    return {
      data,
      chosen,
      highlighted,
      hidden,
      theme,
      heads,
      layout,
      weightScale,
      compared: difference,
      compareProblem: typeof compared === 'string' ? compared : undefined,
      drawing,
      links,
    };
  }
}
