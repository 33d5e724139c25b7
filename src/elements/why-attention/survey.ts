/** Many tales instead of one: for each kind of word the one head that looks back most, and whether distance matters to it. */

import {tellStory} from '../../data/tiny-tales/generate.js';
import type {TaleLinkName} from '../../data/tiny-tales/links.js';
import {argMax} from '../../math/largest.js';
import {mean} from '../../math/stats.js';
import type {LiveModel} from '../../state/live-model.js';
import {tokenLabels} from '../../tokenizers/token-label.js';
import {type LookBack, lookBacks} from './look-back.js';

/** Tales of a seed that no model here is trained on by default. */
const UNSEEN_SEED = 77;
/** Distances from … to below …, in tokens, to the nearest mention. */
export const BANDS = [
  [0, 10],
  [10, 20],
  [20, Number.POSITIVE_INFINITY],
] as const;

export interface Band {
  words: number;
  /** Mean share; absent where there is no word. */
  share?: number;
}

export interface KindSurvey {
  kind: TaleLinkName;
  words: number;
  /** The head with the highest mean share over all these words: layer after layer, counted from 0. */
  best: number;
  share: number;
  /** Mean of what an even spread gives. */
  even: number;
  bands: readonly Band[];
}

export class Survey {
  tales = 0;
  running = false;
  error?: string;
  result?: readonly KindSurvey[];
  /** Whose attention `result` is, and at which training step. */
  model?: LiveModel;
  step = 0;
  #ending?: AbortController;

  readonly #onChange: () => void;

  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  stop(): void {
    this.#ending?.abort();
    this.#ending = undefined;
    this.running = false;
  }

  /** Measures `count` tales; what was found before stays until then. */
  async run(model: LiveModel, count: number): Promise<void> {
    this.stop();
    const {signal} = (this.#ending = new AbortController());
    this.running = true;
    this.error = undefined;
    this.tales = 0;
    this.#onChange();
    try {
      const found: LookBack[] = [];
      const {step} = model;
      for (; this.tales < count; this.tales++, this.#onChange())
        found.push(...(await readTale(model, tellStory(UNSEEN_SEED, this.tales).trim(), signal)));
      [this.result, this.model, this.step] = [summary(found), model, step];
    } catch (error) {
      if (signal.aborted) return;
      this.error = (error as Error).message;
    }
    this.running = false;
    this.#onChange();
  }
}

async function readTale(model: LiveModel, tale: string, signal: AbortSignal): Promise<LookBack[]> {
  const {config} = await model.ready;
  const ids = model.encode(tale).slice(0, config.contextLength);
  const trace = await model.trace({ids, want: ['h.*.attn.probs'], signal});
  signal.throwIfAborted();
  return lookBacks({
    tokens: tokenLabels(model.tokenizer!, ids),
    heads: config.nHeads,
    weights: Array.from({length: config.nLayers}, (_, n) => trace[`h.${n}.attn.probs`]!.data),
  });
}

const nearest = ({mentions}: LookBack): number => Math.min(...mentions.map(({distance}) => distance));

/** One head for all words of a kind: the best for each word would look better than any head is. */
export function summary(found: readonly LookBack[]): KindSurvey[] {
  const kinds: TaleLinkName[] = ['pronoun', 'name', 'thing'];
  return kinds.flatMap((kind) => {
    const words = found.filter((one) => one.kind === kind);
    if (!words.length) return [];
    const means = words[0]!.shares.map((_, head) => mean(words.map(({shares}) => shares[head]!)));
    const best = argMax(means);
    const bands = BANDS.map(([from, to]): Band => {
      const some = words.filter((one) => nearest(one) >= from && nearest(one) < to);
      return {
        words: some.length,
        share: some.length ? mean(some.map(({shares}) => shares[best]!)) : undefined,
      };
    });
    return [
      {kind, words: words.length, best, share: means[best]!, even: mean(words.map(({even}) => even)), bands},
    ];
  });
}
