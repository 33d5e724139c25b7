import type {NamedTensor} from '../../engine/protocol.js';
import type {LiveModel} from '../../state/live-model.js';
import {type Watch, watchTrace} from '../../state/watch.js';
import type {Tokenizer} from '../../tokenizers/tokenizer.js';
import {type AttentionData, MAX_TOKENS} from './attention-data.js';

export interface AttentionQuestion {
  model: LiveModel;
  /** Default: the beginning of what the model learns from. */
  text?: string;
  layer: number;
  /** Whether the weights of the other layers are wanted too. */
  allLayers: boolean;
}

/** Asks a model for its attention on a text, again whenever its weights change, at most four times a second. */
export class AttentionTrace {
  /** The last good answer: it stays while the next is awaited, and when a question cannot be answered. */
  data?: AttentionData;
  /** The training step the answer is from. */
  step = 0;
  /** The text asked about, once the model is there. */
  text?: string;
  /** What the reader should know, e.g. that the text was cut. */
  note?: string;
  error?: string;

  #question?: AttentionQuestion;
  #tokenizer?: Tokenizer;
  #watch?: Watch;
  #ending?: AbortController;
  readonly #isVisible: () => boolean;
  readonly #onChange: () => void;

  constructor(isVisible: () => boolean, onChange: () => void) {
    this.#isVisible = isVisible;
    this.#onChange = onChange;
  }

  /** Asks, unless that is what is being asked already. */
  ask(question: AttentionQuestion): void {
    const now = this.#question;
    const {model} = question;
    const same =
      now?.model === model &&
      now.text === question.text &&
      now.layer === question.layer &&
      now.allLayers === question.allLayers &&
      (!model.tokenizer || !this.#tokenizer || model.tokenizer === this.#tokenizer);
    if (same) return;
    if (now && now.model !== model) this.data = undefined;
    this.stop();
    this.#question = question;
    this.#ending = new AbortController();
    void this.#start(question, this.#ending.signal);
  }

  stop(): void {
    this.#ending?.abort();
    this.#watch = this.#question = this.#tokenizer = this.#ending = undefined;
  }

  /** Looks again: the view has become visible. */
  poke(): void {
    this.#watch?.poke();
  }

  /** Tries again after an error. */
  retry(): void {
    const question = this.#question;
    this.stop();
    if (question) this.ask(question);
  }

  async #start({model, text, layer, allLayers}: AttentionQuestion, signal: AbortSignal): Promise<void> {
    try {
      const {config, corpus} = await model.ready;
      if (signal.aborted) return;
      const tokenizer = (this.#tokenizer = model.tokenizer!);
      this.text = text ?? opening(corpus.excerpt);
      const ids = model.encode(this.text);
      const shown = ids.slice(0, Math.min(config.contextLength, MAX_TOKENS));
      this.error = undefined;
      this.note =
        shown.length < ids.length ? croppingNote(ids.length, shown.length, config.contextLength) : undefined;
      if (!shown.length) {
        this.data = undefined;
        return this.#onChange();
      }
      const chosen = Math.min(layer, config.nLayers - 1);
      const want = [
        `h.${allLayers ? '*' : chosen}.attn.probs`,
        ...['scores', 'q', 'k'].map((name) => `h.${chosen}.attn.${name}`),
      ];
      const tokens = shown.map((id) => tokenizer.token(id));
      const options = {signal, minIntervalMs: 250, isVisible: this.#isVisible, onError: this.#fail};
      this.#watch = watchTrace(model, {ids: shown, want}, options, (trace) => {
        if (model.tokenizer !== tokenizer) return; // an answer of the model before this one
        this.data = fromTrace(trace, tokens, chosen, config.nLayers);
        this.step = model.step;
        this.error = undefined;
        this.#onChange();
      });
    } catch (error) {
      if (!signal.aborted) this.#fail(error as Error);
    }
  }

  #fail = (error: Error): void => {
    this.error = error.message;
    this.#onChange();
  };
}

function fromTrace(
  trace: Record<string, NamedTensor>,
  tokens: readonly string[],
  layer: number,
  layers: number,
): AttentionData {
  const all = (name: string) => Array.from({length: layers}, (_, n) => trace[`h.${n}.attn.${name}`]?.data);
  const [q, k] = [trace[`h.${layer}.attn.q`]!, trace[`h.${layer}.attn.k`]!];
  return {
    tokens,
    heads: q.shape.at(-3)!,
    weights: all('probs'),
    scores: all('scores'),
    causal: true,
    projections: {layer, width: q.shape.at(-1)!, q: q.data, k: k.data},
  };
}

const croppingNote = (tokens: number, shown: number, contextLength: number): string =>
  shown === contextLength
    ? `The text has ${tokens} tokens; this model looks at ${contextLength} at a time, so the first ${shown} are shown.`
    : `The text has ${tokens} tokens; the first ${shown} are shown.`;

/** The first sentence or so of a corpus: long enough to hold a repeated name, short enough for large cells. */
function opening(excerpt: string): string {
  const line = excerpt.trimStart().split('\n', 1)[0]!;
  if (line.length <= 32) return line;
  return line.slice(0, line.lastIndexOf(' ', 32) > 0 ? line.lastIndexOf(' ', 32) : 32);
}
