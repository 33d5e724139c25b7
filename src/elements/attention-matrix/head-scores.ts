/** What the heads do, found one head after another in slices: 144 heads of a long text take longer than a page may stand still. */
import {Slice} from '../../tokenizers/slices.js';
import {type AttentionData, headMatrix} from './attention-data.js';
import type {HeadChoice} from './choice.js';
import {type HeadPattern, habitLinks, headPatternSteps, tellingRank} from './head-pattern.js';

/** Scoring all heads of more weights than GPT-2 has in a layer on 1,024 tokens would keep a processor busy for seconds. */
const MOST_WEIGHTS = 1.5e7;
/** So many are scored before the first picture, which then has its words at once; more come after it. */
const FEW_WEIGHTS = 1e5;
/** Fewer tokens have too little to choose from. */
const FEWEST_TOKENS = 3;

export class HeadScores {
  #data?: AttentionData;
  #links?: ReturnType<typeof habitLinks>;
  /** By number, layer after layer. */
  #found = new Map<number, HeadPattern>();
  /** Of the weights before these: small pictures keep their habit while the next is found. */
  #before = new Map<number, HeadPattern>();
  #first?: HeadChoice;
  #running?: AbortController;

  /**
   * @param onChange The chosen head is scored, or all are.
   * @param drawn Settles once all is drawn: the other heads of many are scored after that.
   */
  constructor(
    private readonly onChange: () => void,
    private readonly drawn: () => Promise<void> = async () => {},
  ) {}

  /** Scores the chosen head first, then all others. Of few weights that is done when this returns. */
  ask(data: AttentionData, chosen: HeadChoice): void {
    if (data !== this.#data) this.#begin(data);
    this.#first = chosen;
    if (this.#running || this.#next() === undefined) return;
    const {signal} = (this.#running = new AbortController());
    this.#run(data, signal).catch((error) => {
      if (!signal.aborted) throw error;
    });
  }

  /** What was found stays; `ask` goes on. */
  stop(): void {
    this.#running?.abort();
    this.#running = undefined;
  }

  /** Undefined while it is not found, and of other data than were asked about. */
  pattern(data: AttentionData, {layer, head}: HeadChoice): HeadPattern | undefined {
    return data === this.#data ? this.#found.get(layer * data.heads + head) : undefined;
  }

  /** As `pattern`; until that is found, what the head did before on the same tokens. */
  lastPattern(data: AttentionData, {layer, head}: HeadChoice): HeadPattern | undefined {
    const index = layer * data.heads + head;
    return data === this.#data ? (this.#found.get(index) ?? this.#before.get(index)) : undefined;
  }

  /** The head to begin with: the one with the most telling habit. Undefined while not all heads are scored, or none has one. */
  telling(data: AttentionData): HeadChoice | undefined {
    if (data !== this.#data || this.#running || !this.#scoresAll) return undefined;
    const ranked = [...this.#found].map(([index, pattern]) => ({index, rank: tellingRank(pattern)}));
    const [best] = ranked.sort((a, b) => b.rank - a.rank || a.index - b.index);
    if (!best || best.rank < 0) return undefined;
    return {layer: Math.floor(best.index / data.heads), head: best.index % data.heads};
  }

  #begin(data: AttentionData): void {
    this.stop();
    const before = this.#data;
    const isSame =
      before?.heads === data.heads &&
      before.tokens.length === data.tokens.length &&
      before.tokens.every((token, i) => token === data.tokens[i]);
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
    return this.#count <= MOST_WEIGHTS;
  }

  /** The number of the head to score next. */
  #next(): number | undefined {
    const {weights, heads, tokens} = this.#data!;
    if (tokens.length < FEWEST_TOKENS) return undefined;
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
    const isMuch = this.#count > FEW_WEIGHTS;
    if (isMuch) await slice.next();
    const links = (this.#links ??= habitLinks(tokens));
    for (let index = this.#next(); index !== undefined; index = this.#next()) {
      const isFirst = index === this.#first!.layer * heads + this.#first!.head;
      if (isMuch && !isFirst) await this.drawn();
      signal.throwIfAborted();
      const matrix = headMatrix(weights[Math.floor(index / heads)]!, index % heads, tokens.length);
      const steps = headPatternSteps(matrix, tokens.length, links, causal);
      let step = steps.next();
      while (!step.done) {
        if (slice.isOver) await slice.next();
        step = steps.next();
      }
      this.#found.set(index, step.value);
      if (isFirst) this.onChange();
    }
    this.#running = undefined;
    this.onChange();
  }
}
