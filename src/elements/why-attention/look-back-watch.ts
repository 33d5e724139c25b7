import type {ModelFacts} from '../../engine/protocol.js';
import type {LiveModel} from '../../state/live-model.js';
import {QuestionWatch} from '../../ui/model/question-watch.js';
import type {AllHeads} from './look-back.js';
import {taleFor} from './tales.js';

export interface LookBackQuestion {
  model: LiveModel;
  /** Default: a tale of the model's corpus. */
  text?: string;
  /** Which tale, where there is no text. */
  turn: number;
}

/** The attention of all heads on a text. */
export interface LookBack extends AllHeads {
  /** C of the model that answered. */
  width: number;
  /** The training step that the answer is from. */
  step: number;
}

/** Asks a model for the attention of all its heads on a text, again whenever its weights change. */
export class LookBackWatch extends QuestionWatch<LookBackQuestion, LookBack> {
  /** The text asked about, once the model is there. */
  text?: string;
  /** How many tales there are to choose from. */
  tales = 0;

  protected override async prepare(
    {model, text, turn}: LookBackQuestion,
    {config}: ModelFacts,
    signal: AbortSignal,
  ) {
    const tales = await taleFor(model, turn);
    if (signal.aborted) return undefined;
    this.text = text ?? tales.text;
    this.tales = tales.count;
    const ids = model.encode(this.text);
    const shown = ids.slice(0, config.contextLength);
    if (shown.length < ids.length)
      this.note = `The text has ${ids.length} tokens; this model looks at ${shown.length} at a time, so the first ${shown.length} are shown.`;
    if (!shown.length) return undefined;
    const tokens = shown.map((id) => model.tokenizer!.token(id));
    return async (stopped: AbortSignal): Promise<LookBack> => {
      const trace = await model.trace({ids: shown, want: ['h.*.attn.probs'], signal: stopped});
      const weights = Array.from({length: config.nLayers}, (_, n) => trace[`h.${n}.attn.probs`]!.data);
      return {tokens, heads: config.nHeads, weights, width: config.embDim, step: model.step};
    };
  }
}
