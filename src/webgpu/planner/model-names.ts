/** What every planner needs to know of a model: its shapes, and where its weights stand. */
import {SCORE_WEIGHT} from '../../model/classifier-shapes.js';
import type {GPTConfig} from '../../model/config.js';
import {type ParameterLayout, parameterLayout, type Slot} from '../../model/parameters.js';
import {ProgramBuilder, type Region} from '../program.js';
import type {Stored} from '../wgsl/stored.js';
import {halfLayout, halfRegion, isMatrix} from './half-layout.js';

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
  /** How the weights are held: with 16 bits, all but the arena of vectors are in buffers of their own. */
  readonly held: Stored;
  readonly #slots: Map<string, Slot>;

  readonly layout: ParameterLayout;

  /** @param layout where the weights stand in 32 bits; it may have more of them than the model itself. Or `f16` */
  constructor(config: GPTConfig, layout: ParameterLayout | 'f16' = parameterLayout(config)) {
    this.held = layout === 'f16' ? 'f16' : 'f32';
    this.layout = layout === 'f16' ? halfLayout(config) : layout;
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
    if (this.held === 'f16' && isMatrix(slot)) return halfRegion(this.builder, slot);
    const {offset, size} = slot;
    return this.builder.given('theta', offset, size);
  }

  /** A bias; where the model has none, one that is 0 and never learns. */
  bias(name: string): Region {
    return this.has(name) ? this.weight(name) : this.builder.buffer('no bias', 4 * this.width);
  }

  /** A norm's γ and β are neighbors: one binding sees both. */
  norm(name: string): {region: Region; betaOffset4: number} {
    const [gamma, beta] = [this.slot(`${name}.weight`), this.slot(`${name}.bias`)];
    const region = this.builder.given('theta', gamma.offset, beta.offset + beta.size - gamma.offset);
    return {region, betaOffset4: (beta.offset - gamma.offset) / 4};
  }
}
