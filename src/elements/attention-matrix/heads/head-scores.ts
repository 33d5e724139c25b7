/** Scores the heads one after another, in slices: 144 heads of a long text would block the page. */
import {Slice} from '../../../tokenizers/slices.js';
import {type AttentionData, hasSameTokens, headMatrix} from '../data/attention-data.js';
import type {HeadChoice} from '../data/choice.js';
import {type HeadPattern, headPatternLinks, headPatternSteps, tellingRank} from './head-pattern.js';

/** With more weights than GPT-2 has in a layer on 1,024 tokens, scoring all heads would take seconds. */
const MAX_WEIGHTS = 1.5e7;
/** Up to so many weights are scored before the first drawing, which then has its text at once. */
const MAX_WEIGHTS_AT_ONCE = 1e5;
/** Fewer tokens show no pattern. */
const MIN_TOKENS = 3;

export class HeadScores {
  #data?: AttentionData;
  #links?: ReturnType<typeof headPatternLinks>;
  /** By index, layer after layer. */
  #found = new Map<number, HeadPattern>();
  /** Of the previous weights: shown until the new ones are scored. */
  #before = new Map<number, HeadPattern>();
  #first?: HeadChoice;
  #running?: AbortController;

  readonly #onChange: () => void;
  readonly #drawn: () => Promise<void>;

  /**
   * @param onChange Called when the chosen head is scored, and when all are.
   * @param drawn Resolves once everything is drawn: with many weights, the other heads are scored after that.
   */
  constructor(onChange: () => void, drawn: () => Promise<void> = async () => {}) {
    this.#onChange = onChange;
    this.#drawn = drawn;
  }

  /** Scores the chosen head first, then all others. With few weights, all are scored when this returns. */
  ask(data: AttentionData, chosen: HeadChoice): void {
    if (data !== this.#data) this.#begin(data);
    this.#first = chosen;
    if (this.#running || this.#next() === undefined) return;
    const {signal} = (this.#running = new AbortController());
    this.#run(data, signal).catch((error) => {
      if (!signal.aborted) throw error;
    });
  }

  /** Scores so far are kept; `ask` continues. */
  stop(): void {
    this.#running?.abort();
    this.#running = undefined;
  }

  /** Returns the scores of a head; undefined until it is scored, and for data that were not asked about. */
  pattern(data: AttentionData, {layer, head}: HeadChoice): HeadPattern | undefined {
    return data === this.#data ? this.#found.get(layer * data.heads + head) : undefined;
  }

  /** As `pattern`; until the head is scored, its scores with the previous weights on the same tokens. */
  lastPattern(data: AttentionData, {layer, head}: HeadChoice): HeadPattern | undefined {
    const index = layer * data.heads + head;
    return data === this.#data ? (this.#found.get(index) ?? this.#before.get(index)) : undefined;
  }

  /** Returns the head to start with: the one with the most telling pattern. Undefined until all heads are scored, and if none has one. */
  mostTelling(data: AttentionData): HeadChoice | undefined {
    if (data !== this.#data || this.#running || !this.#scoresAll) return undefined;
    const ranked = [...this.#found].map(([index, pattern]) => ({index, rank: tellingRank(pattern)}));
    const [best] = ranked.sort((a, b) => b.rank - a.rank || a.index - b.index);
    if (!best || best.rank < 0) return undefined;
    return {layer: Math.floor(best.index / data.heads), head: best.index % data.heads};
  }

  #begin(data: AttentionData): void {
    this.stop();
    const before = this.#data;
    const isSame = before !== undefined && hasSameTokens(before, data);
    if (!isSame) this.#links = undefined;
    this.#before = isSame ? new Map([...this.#before, ...this.#found]) : new Map();
    this.#found = new Map();
    this.#data = data;
  }

  get #count(): number {
    const {weights, heads, tokens} = this.#data!;
    return weights.length * heads * tokens.length ** 2;
  }

  get #scoresAll(): boolean {
    return this.#count <= MAX_WEIGHTS;
  }

  /** The index of the head to score next. */
  #next(): number | undefined {
    const {weights, heads, tokens} = this.#data!;
    if (tokens.length < MIN_TOKENS) return undefined;
    const isOpen = (index: number): boolean =>
      weights[Math.floor(index / heads)] !== undefined && !this.#found.has(index);
    const first = this.#first!.layer * heads + this.#first!.head;
    if (isOpen(first)) return first;
    if (!this.#scoresAll) return undefined;
    for (let index = 0; index < weights.length * heads; index++) if (isOpen(index)) return index;
    return undefined;
  }

  async #run({tokens, heads, weights, causal}: AttentionData, signal: AbortSignal): Promise<void> {
    const slice = new Slice(signal);
    const isMuch = this.#count > MAX_WEIGHTS_AT_ONCE;
    if (isMuch) await slice.next();
    const links = (this.#links ??= headPatternLinks(tokens));
    for (let index = this.#next(); index !== undefined; index = this.#next()) {
      const isFirst = index === this.#first!.layer * heads + this.#first!.head;
      if (isMuch && !isFirst) await this.#drawn();
      signal.throwIfAborted();
      const matrix = headMatrix(weights[Math.floor(index / heads)]!, index % heads, tokens.length);
      const steps = headPatternSteps(matrix, tokens.length, links, causal);
      let step = steps.next();
      while (!step.done) {
        if (slice.isOver) await slice.next();
        step = steps.next();
      }
      this.#found.set(index, step.value);
      if (isFirst) this.#onChange();
    }
    this.#running = undefined;
    this.#onChange();
  }
}
