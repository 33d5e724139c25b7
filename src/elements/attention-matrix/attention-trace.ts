import type {ModelFacts, NamedTensor} from '../../engine/protocol.js';
import type {LiveModel} from '../../state/live-model.js';
import {QuestionWatch} from '../../ui/model/question-watch.js';
import {type AttentionData, MAX_TOKENS} from './attention-data.js';
import {opening} from './opening.js';

export interface AttentionQuestion {
  model: LiveModel;
  /** Default: the beginning of what the model learns from. */
  text?: string;
  layer: number;
  /** Whether the weights of the other layers are wanted too. */
  allLayers: boolean;
  /** How many tokens the model shall write on; they are looked at like the text. */
  writeOn: number;
}

/** Asks a model for its attention on a text, again whenever its weights change, at most four times a second. */
export class AttentionTrace extends QuestionWatch<AttentionQuestion, AttentionData> {
  /** The training step the answer is from. */
  step = 0;
  /** The text asked about, once the model is there. */
  text?: string;
  /** The model is writing on. */
  writing = false;

  #continued?: {asked: string; model: LiveModel; ids: number[]};

  protected override async prepare(
    {model, text, layer, allLayers, writeOn}: AttentionQuestion,
    {config, corpus}: ModelFacts,
    signal: AbortSignal,
  ) {
    this.text = text ?? opening(corpus.excerpt, model);
    const ids = model.encode(this.text);
    const most = Math.min(config.contextLength, MAX_TOKENS);
    const given = ids.slice(0, most);
    const shown = await this.#written(model, given, Math.min(writeOn, most - given.length), signal);
    if (signal.aborted || !shown.length) return undefined;
    if (given.length < ids.length) this.note = croppingNote(ids.length, given.length, config.contextLength);
    else if (writeOn > most - given.length)
      this.note = `There is room for ${most - given.length} more tokens: this model looks at ${most} at a time.`;
    const chosen = Math.min(layer, config.nLayers - 1);
    const want = [
      `h.${allLayers ? '*' : chosen}.attn.probs`,
      ...['scores', 'q', 'k'].map((name) => `h.${chosen}.attn.${name}`),
    ];
    const tokens = shown.map((id) => model.tokenizer!.token(id));
    const written = shown.length > given.length ? given.length : undefined;
    return async (stopped: AbortSignal): Promise<AttentionData> => {
      const trace = await model.trace({ids: shown, want, signal: stopped});
      if (!stopped.aborted) this.step = model.step;
      return {...fromTrace(trace, tokens, chosen, config.nLayers), written};
    };
  }

  /** The tokens with those that the model writes after them: the likeliest one each time, so that they stay the same. */
  async #written(model: LiveModel, ids: number[], count: number, signal: AbortSignal): Promise<number[]> {
    const all = [...ids];
    if (!ids.length || count <= 0) return all;
    // Another layer of the same is no reason to write anew.
    const asked = `${count} ${ids}`;
    if (this.#continued?.asked === asked && this.#continued.model === model) return this.#continued.ids;
    this.writing = true;
    this.onChange();
    try {
      for await (const {id} of model.generate({promptIds: ids, maxNewTokens: count, temperature: 0, signal}))
        all.push(id);
    } finally {
      this.writing = false;
    }
    if (!signal.aborted) this.#continued = {asked, model, ids: all};
    return all;
  }
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
