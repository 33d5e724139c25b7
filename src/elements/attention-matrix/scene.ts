/** What is to be drawn, worked out from the data and the reader's choices: each part again only when it changes. */
import {visibleToken} from '../../ui/base/format.js';
import {Memo} from '../../ui/base/memo.js';
import {type ColorScale, shareScale} from '../../viz/color.js';
import type {Theme} from '../../viz/theme.js';
import type {View} from './attention-controls.js';
import type {AttentionData} from './attention-data.js';
import {type AttentionDrawing, attentionDrawing, type Quantity} from './attention-drawing.js';
import type {HeadChoice, Highlight} from './choice.js';
import {type Comparison, comparison, type Remembered} from './compare.js';
import {type LinksView, linksView} from './links-view.js';
import {type MatrixLayout, matrixLayout} from './matrix-layout.js';

export interface SceneSettings {
  data: AttentionData;
  /** The data are a placeholder: only the room they will take is of interest. */
  waiting: boolean;
  chosen: HeadChoice;
  highlighted: Highlight;
  show: Quantity;
  view: View;
  compare: string;
  remembered: Remembered | undefined;
  /** A row that an exercise keeps to itself. */
  hidden: number | undefined;
  scale: 'sqrt' | 'linear';
  withoutHeads: boolean;
  theme: Theme;
  /** Room for all of it. */
  width: number;
}

export interface Scene {
  data: AttentionData;
  chosen: HeadChoice;
  highlighted: Highlight;
  hidden: number | undefined;
  theme: Theme;
  /** Small pictures in a row: none where there is nothing to choose from. */
  heads: number;
  layout: MatrixLayout;
  /** The colors of weights. */
  weightScale: ColorScale;
  compared?: Comparison;
  /** Why there is nothing to compare with. */
  refusal?: string;
  /** Absent while a layer is on its way: what was drawn stays. */
  drawing?: AttentionDrawing;
  /** Present where links are shown and not the matrix. */
  links?: LinksView;
}

/** Remembers what a part was made from, and the part. */
class Kept<T> {
  readonly #inputs = new Memo();
  #value: T | undefined;

  get(inputs: readonly unknown[], make: () => T): T {
    if (this.#inputs.changed(...inputs)) this.#value = make();
    return this.#value as T;
  }
}

export class SceneMaker {
  readonly #scale = new Kept<ColorScale>();
  readonly #layout = new Kept<MatrixLayout>();
  readonly #compared = new Kept<Comparison | string | undefined>();
  readonly #drawing = new Kept<AttentionDrawing | undefined>();
  readonly #links = new Kept<LinksView | undefined>();

  make(settings: SceneSettings): Scene {
    const {data, waiting, chosen, highlighted, show, view, compare, remembered, hidden, scale, theme, width} =
      settings;
    const {layer, head} = chosen;
    const heads = settings.withoutHeads || data.weights.length * data.heads < 2 ? 0 : data.heads;
    const layout = this.#layout.get([data, heads, width], () =>
      matrixLayout(data.tokens.map(visibleToken), heads, width),
    );
    // It remembers its shades.
    const weightScale = this.#scale.get([theme, scale], () => shareScale(theme, scale));
    const compared = this.#compared.get([data, layer, head, compare, remembered], () =>
      comparison(data, chosen, compare, remembered),
    );
    const difference = typeof compared === 'object' ? compared : undefined;
    const {cell, wideLabels, stage = width} = layout;
    const drawing = this.#drawing.get([data, layer, head, show, compared, cell, weightScale, theme], () =>
      // The head to compare with may be on its way.
      compare && !compared
        ? undefined
        : attentionDrawing(data, chosen, {show, compared: difference, cell, weightScale, theme}),
    );
    // Before there are numbers, links take the room of as many tokens.
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
      refusal: typeof compared === 'string' ? compared : undefined,
      drawing,
      links,
    };
  }
}
