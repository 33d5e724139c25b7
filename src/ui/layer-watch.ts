import {columns, type Matrix, rowsOf} from '../math/attention.js';
import type {LiveModel} from '../state/live-model.js';
import {type Watch, watchModel} from '../state/watch.js';
import type {Tokenizer} from '../tokenizers/tokenizer.js';

/** What one head works with: its columns of the projections, and what the model made with them. */
export interface HeadValues {
  /** [C, D] each: this head's columns of `c_attn`. */
  wq: Matrix;
  wk: Matrix;
  wv: Matrix;
  /** [D] each; absent in a model without biases. */
  bias?: {q: Float32Array; k: Float32Array; v: Float32Array};
  /** [T, D] each. */
  q: Matrix;
  k: Matrix;
  v: Matrix;
  /** [T, T]: before the mask, and after mask and softmax. */
  scores: Matrix;
  weights: Matrix;
}

/** One attention layer on a text: what goes in, what it computes with, what comes out. */
export interface AttentionLayer {
  tokens: readonly string[];
  /** Empty where weights are given without a tokenizer. */
  ids: readonly number[];
  /** Counted from 0. */
  layer: number;
  layers: number;
  /** C: the width of the stream; each of the H heads has D = C / H of it. */
  width: number;
  heads: readonly HeadValues[];
  /** [T, C]: the normalised stream that the layer reads. */
  x: Matrix;
  /** [T, C]: the heads' results side by side. */
  context: Matrix;
  /** [C, C] and [C]: `c_proj`. */
  projection: {weight: Matrix; bias: Float32Array};
  /** [T, C]: what the layer adds to the stream. */
  out: Matrix;
  /** The training step that this is from. */
  step: number;
}

export interface LayerQuestion {
  model: LiveModel;
  /** Default: the beginning of what the model learns from. */
  text?: string;
  /** Counted from 0; beyond the last layer, the last. */
  layer: number;
  /** More tokens than this are not looked at. */
  mostTokens: number;
}

/** Asks a model for one attention layer on a text, weights and intermediates, again whenever its weights change. */
export class LayerWatch {
  /** The last good answer: it stays while the next is awaited, and when a question cannot be answered. */
  data?: AttentionLayer;
  /** The text asked about, once the model is there. */
  text?: string;
  /** What the reader should know, e.g. that the text was cut. */
  note?: string;
  error?: string;

  #question?: LayerQuestion;
  #tokenizer?: Tokenizer;
  #watch?: Watch;
  #ending?: AbortController;

  constructor(
    private readonly isVisible: () => boolean,
    private readonly onChange: () => void,
  ) {}

  /** Asks, unless that is what is being asked already. */
  ask(question: LayerQuestion): void {
    const now = this.#question;
    const {model} = question;
    if (
      now?.model === model &&
      now.text === question.text &&
      now.layer === question.layer &&
      (!model.tokenizer || !this.#tokenizer || model.tokenizer === this.#tokenizer)
    )
      return;
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

  async #start({model, text, layer, mostTokens}: LayerQuestion, signal: AbortSignal): Promise<void> {
    try {
      const {config, corpus} = await model.ready;
      if (signal.aborted) return;
      const tokenizer = (this.#tokenizer = model.tokenizer!);
      const most = Math.min(config.contextLength, mostTokens);
      const ids = model.encode(text ?? corpus.excerpt.trimStart().split('\n', 1)[0]!);
      const shown = ids.slice(0, most);
      this.text = text ?? tokenizer.decode(shown);
      this.note =
        text !== undefined && shown.length < ids.length
          ? `The text has ${ids.length} tokens; the first ${shown.length} are shown.`
          : undefined;
      this.error = undefined;
      if (!shown.length) {
        this.data = undefined;
        return this.onChange();
      }
      const chosen = Math.max(0, Math.min(layer, config.nLayers - 1));
      const options = {signal, minIntervalMs: 250, isVisible: this.isVisible, onError: this.#fail};
      this.#watch = watchModel(
        model,
        (stopped) => readLayer(model, shown, chosen, stopped),
        options,
        (data) => {
          if (model.tokenizer !== tokenizer) return; // an answer of the model before this one
          this.data = data;
          this.error = undefined;
          this.onChange();
        },
      );
    } catch (error) {
      if (!signal.aborted) this.#fail(error as Error);
    }
  }

  #fail = (error: Error): void => {
    this.error = error.message;
    this.onChange();
  };
}

/** One layer of a model on the tokens `ids`. */
export async function readLayer(
  model: LiveModel,
  ids: readonly number[],
  layer: number,
  signal?: AbortSignal,
): Promise<AttentionLayer> {
  const {config} = await model.ready;
  const of = (name: string): string => `h.${layer}.${name}`;
  const names = ['attn.c_attn.weight', 'attn.c_proj.weight', 'attn.c_proj.bias'].map(of);
  if (config.qkvBias) names.push(of('attn.c_attn.bias'));
  const want = [
    'ln_1',
    'attn.q',
    'attn.k',
    'attn.v',
    'attn.scores',
    'attn.probs',
    'attn.context',
    'attn.out',
  ];
  const [trace, weights] = await Promise.all([
    model.trace({ids, want: want.map(of), signal}),
    model.weights(names),
  ]);
  const T = ids.length;
  const C = config.embDim;
  const D = C / config.nHeads;
  const rows = (name: string, width: number): Float32Array[] => rowsOf(trace[of(name)]!.data, width);
  /** The rows of one head in a trace that holds all heads, one after the other. */
  const ofHead = (name: string, width: number, h: number) => rows(name, width).slice(h * T, (h + 1) * T);
  const cAttn = rowsOf(weights.get(of('attn.c_attn.weight'))!.data, 3 * C); // [C, 3C]: q, k, v side by side
  const bias = weights.get(of('attn.c_attn.bias'))?.data; // [3C]
  const heads = Array.from({length: config.nHeads}, (_, h): HeadValues => {
    const [q, k, v] = [0, 1, 2].map((part) => part * C + h * D) as [number, number, number];
    return {
      wq: columns(cAttn, q, q + D),
      wk: columns(cAttn, k, k + D),
      wv: columns(cAttn, v, v + D),
      bias: bias && {
        q: bias.subarray(q, q + D),
        k: bias.subarray(k, k + D),
        v: bias.subarray(v, v + D),
      },
      q: ofHead('attn.q', D, h),
      k: ofHead('attn.k', D, h),
      v: ofHead('attn.v', D, h),
      scores: ofHead('attn.scores', T, h),
      weights: ofHead('attn.probs', T, h),
    };
  });
  return {
    tokens: ids.map((id) => model.tokenizer!.token(id)),
    ids,
    layer,
    layers: config.nLayers,
    width: C,
    heads,
    x: rows('ln_1', C),
    context: rows('attn.context', C),
    projection: {
      weight: rowsOf(weights.get(of('attn.c_proj.weight'))!.data, C),
      bias: weights.get(of('attn.c_proj.bias'))!.data,
    },
    out: rows('attn.out', C),
    step: model.step,
  };
}
