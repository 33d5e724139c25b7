import type {ModelFacts} from '../../engine/protocol.js';
import type {LiveModel} from '../../state/live-model.js';
import {QuestionWatch} from '../../ui/model/question-watch.js';
import {
  MOST_TOKENS,
  type OrderData,
  type Outcome,
  type PositionsData,
  type SumData,
} from './position-data.js';

export type PositionView = 'sum' | 'positions' | 'order';

export interface PositionQuestion {
  model: LiveModel;
  view: PositionView;
  /** For the sum. Default: the beginning of what the model learns from. */
  text?: string;
  /** To compare. Default: see {@link DEFAULT_TEXTS}. */
  texts: readonly [string | undefined, string | undefined];
}

/**
 * The same letters, and the same words; only the order differs. (“Man chased the dog” and “Dog chased the man” would
 * not do: “Man” and “man” are two tokens, and so are the last ones.)
 */
export const DEFAULT_TEXTS = ['the man chased the dog.', 'the dog chased the man.'] as const;

/** What the views have got so far. */
export interface PositionAnswers {
  sum?: SumData;
  positions?: PositionsData;
  order?: OrderData;
}

/** A larger model hands out a part of its table. */
const WHOLE_TABLE = 4e6;
const MOST_POSITIONS = 128;

/** Asks a model what the view on show needs, again whenever its weights change. What other views have got stays. */
export class PositionWatch extends QuestionWatch<PositionQuestion, PositionAnswers> {
  /** The texts asked about, once the model is there. */
  text?: string;
  texts?: readonly [string, string];

  constructor(isVisible: () => boolean, onChange: () => void) {
    super(isVisible, onChange, 300);
  }

  protected override forget(): void {
    super.forget();
    this.text = this.texts = undefined;
  }

  /** @throws where a text has no tokens, or ones that the model does not know */
  protected override prepare(question: PositionQuestion, facts: ModelFacts) {
    const ask = this.#asking(question, facts);
    return async (signal: AbortSignal): Promise<PositionAnswers> => ({...this.data, ...(await ask(signal))});
  }

  #asking(
    {model, view, text, texts}: PositionQuestion,
    facts: ModelFacts,
  ): (signal: AbortSignal) => Promise<PositionAnswers> {
    if (view === 'positions') return async () => ({positions: await readPositions(model, facts)});
    if (view === 'sum') {
      this.text = text ?? opening(facts.corpus.excerpt);
      const ids = encode(model, this.text);
      const most = Math.min(facts.config.contextLength, MOST_TOKENS);
      if (ids.length > most) this.note = `The text has ${ids.length} tokens; the first ${most} are shown.`;
      return async (signal) => ({sum: await readSum(model, ids.slice(0, most), signal)});
    }
    this.texts = [texts[0] ?? '', texts[1] ?? ''];
    if (texts[0] === undefined && texts[1] === undefined) this.texts = defaultTexts(model, facts);
    const ids = this.texts.map((each) => encode(model, each)) as [number[], number[]];
    const asked = this.texts;
    return async (signal) => ({order: await readOrder(model, asked, ids, facts.config.nLayers, signal)});
  }
}

function encode(model: LiveModel, text: string): number[] {
  const ids = model.encode(text);
  if (!ids.length) throw new Error('Type a text: there is no token to show.');
  return ids;
}

async function readSum(model: LiveModel, ids: number[], signal: AbortSignal): Promise<SumData> {
  const trace = await model.trace({ids, want: ['embed', 'embed.*'], signal});
  return {
    tokens: ids.map((id) => model.tokenizer!.token(id)),
    width: trace.embed!.shape.at(-1)!,
    token: trace['embed.token']!.data,
    position: trace['embed.position']!.data,
    sum: trace.embed!.data,
    step: model.step,
  };
}

async function readPositions(model: LiveModel, {config, parameters}: ModelFacts): Promise<PositionsData> {
  const {contextLength, embDim: width} = config;
  const whole = parameters <= WHOLE_TABLE;
  const length = whole ? contextLength : Math.min(contextLength, MOST_POSITIONS);
  const {data} = whole
    ? (await model.weights(['wpe.weight'])).get('wpe.weight')!
    : (await model.trace({ids: new Array(length).fill(0), want: ['embed.position']}))['embed.position']!;
  return {length, width, learned: data, contextLength, step: model.step};
}

async function readOrder(
  model: LiveModel,
  texts: readonly [string, string],
  ids: readonly [number[], number[]],
  layers: number,
  signal: AbortSignal,
): Promise<OrderData> {
  const {step} = model;
  const run = async (tokens: number[], positions: boolean): Promise<Outcome> => {
    const want = ['probs', 'embed', 'h.*.resid_post'];
    const trace = await model.trace({ids: tokens, want, options: {positions}, signal});
    const last = (name: string): Float32Array => {
      const {data, shape} = trace[name]!;
      return data.slice(data.length - shape.at(-1)!);
    };
    const after = Array.from({length: layers}, (_, n) => last(`h.${n}.resid_post`));
    return {
      ids: tokens,
      tokens: tokens.map((id) => model.tokenizer!.token(id)),
      probs: last('probs'),
      streams: [last('embed'), ...after],
    };
  };
  const both = (positions: boolean) => Promise.all([run(ids[0], positions), run(ids[1], positions)]);
  const [with_, without] = await Promise.all([both(true), both(false)]);
  const {tokenizer} = model;
  const label = (id: number): string => (id < tokenizer!.vocabSize ? tokenizer!.token(id) : `${id}`);
  return {texts, with: with_, without, label, step};
}

/** Two texts of which the model knows every token: those above, else the corpus's first words and two of them swapped. */
function defaultTexts(model: LiveModel, {corpus}: ModelFacts): readonly [string, string] {
  try {
    for (const text of DEFAULT_TEXTS) model.encode(text);
    return DEFAULT_TEXTS;
  } catch {
    const [first = '', second = '', ...rest] = opening(corpus.excerpt).split(' ');
    return [[first, second, ...rest].join(' '), [second, first, ...rest].join(' ')];
  }
}

/** The first words of a corpus. */
function opening(excerpt: string): string {
  const line = excerpt.trimStart().split('\n', 1)[0]!;
  const end = line.length <= 18 ? line.length : line.lastIndexOf(' ', 18);
  return line.slice(0, end > 0 ? end : 18);
}
