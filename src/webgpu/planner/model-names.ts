/** What every planner needs to know of a model: its shapes, and where its weights stand. */
import {type ArenaPart, arenaParts, partName, piecesIn} from '../../model/arena-parts.js';
import {SCORE_WEIGHT} from '../../model/classifier-shapes.js';
import type {GPTConfig} from '../../model/config.js';
import {type ParameterLayout, parameterLayout, type Slot} from '../../model/parameters.js';
import {ProgramBuilder, type Region} from '../program.js';
import type {Stored} from '../wgsl/stored.js';
import {isMatrix, partsOf, type SeparateMatrices, separateLayout, wordsOf} from './separate-layout.js';

/** Some rows of a table whose rows are tokens: all of them, or those that one buffer holds. */
export interface TablePart {
  region: Region;
  /** The first token. */
  first: number;
  tokens: number;
}

export class ModelNames {
  readonly builder = new ProgramBuilder();
  /** C, and in vectors */
  readonly width: number;
  readonly width4: number;
  readonly heads: number;
  readonly layers: number;
  readonly vocabulary: number;
  /** The head's matrix: wte where it is shared. */
  readonly headMatrix: string;
  /** What the head scores: the vocabulary's tokens, or classes. */
  readonly outputs: number;
  /** The norms in the order of the forward pass: ln_1 and ln_2 of each block, then ln_f. Norm s reads stream s. */
  readonly norms: string[];
  /** How the numbers of matrices are held. */
  readonly held: Stored;
  /** Undefined where all weights are in one arena. */
  readonly #separate?: SeparateMatrices;
  readonly #slots: Map<string, Slot>;

  readonly layout: ParameterLayout;
  /** Of the weights' arena: one where it fits into a buffer. */
  readonly parts: readonly ArenaPart[];

  /**
   * @param layout where the weights stand in one arena, which may have more of them than the model itself; or how they stand apart
   * @param pieceBytes of the largest buffer: a larger arena is cut (see model/arena-parts.ts)
   */
  constructor(
    config: GPTConfig,
    layout: ParameterLayout | SeparateMatrices = parameterLayout(config),
    pieceBytes = Number.POSITIVE_INFINITY,
  ) {
    this.#separate = 'stored' in layout ? layout : undefined;
    this.held = this.#separate?.stored ?? 'f32';
    this.layout = 'stored' in layout ? separateLayout(config) : layout;
    this.parts = arenaParts(this.layout, this.#separate ? Number.POSITIVE_INFINITY : pieceBytes);
    this.#slots = new Map(this.layout.slots.map((slot) => [slot.name, slot]));
    this.width = config.embDim;
    this.width4 = this.width / 4;
    this.heads = config.nHeads;
    this.layers = config.nLayers;
    this.vocabulary = config.vocabSize;
    const languageHead = config.tieWeights ? 'wte.weight' : 'lm_head.weight';
    this.headMatrix = this.has(SCORE_WEIGHT) ? SCORE_WEIGHT : languageHead;
    this.outputs = this.slot(this.headMatrix).shape[0]!;
    const blocks = Array.from({length: this.layers}, (_, n) => [`h.${n}.ln_1`, `h.${n}.ln_2`]);
    this.norms = [...blocks.flat(), 'ln_f'];
  }

  has(name: string): boolean {
    return this.#slots.has(name);
  }

  slot(name: string): Slot {
    return this.#slots.get(name)!;
  }

  weight(name: string): Region {
    const slot = this.slot(name);
    if (this.#separate && isMatrix(slot))
      return this.builder.given(name, 0, wordsOf(this.held, slot.shape[0]!, slot));
    return this.#given(slot.offset, slot.size);
  }

  /** A table whose rows are tokens: wte, or the head. Kernels that read it are dispatched for each of its parts. */
  tableParts(name: string): TablePart[] {
    const slot = this.slot(name);
    if (!this.#separate)
      return piecesIn(this.parts, slot.offset, slot.size).map(({from, count}) => ({
        region: this.#given(slot.offset + from, count),
        first: from / this.width,
        tokens: count / this.width,
      }));
    return partsOf(slot, this.#separate).map(({name: part, first, rows}) => ({
      region: this.builder.given(part, 0, wordsOf(this.held, rows, slot)),
      first,
      tokens: rows,
    }));
  }

  /** A bias; where the model has none, one that is 0 and never learns. */
  bias(name: string): Region {
    return this.has(name) ? this.weight(name) : this.builder.buffer('no bias', 4 * this.width);
  }

  /** A norm's γ and β are neighbors: one binding sees both. */
  norm(name: string): {region: Region; betaOffset4: number} {
    const [gamma, beta] = [this.slot(`${name}.weight`), this.slot(`${name}.bias`)];
    const region = this.#given(gamma.offset, beta.offset + beta.size - gamma.offset);
    return {region, betaOffset4: (beta.offset - gamma.offset) / 4};
  }

  /** Neighboring weights that lie in one part of the arena. */
  #given(first: number, count: number): Region {
    const {part, offset} = piecesIn(this.parts, first, count)[0]!;
    return this.builder.given(partName('theta', part), offset, count);
  }
}
