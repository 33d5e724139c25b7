/** The data of the element: generated messages or the reader's own, and what the baseline makes of them. */
import {trainBagOfWords} from '../../data/labeled/bag-of-words.js';
import type {LabeledData, LabeledText} from '../../data/labeled.js';
import {MESSAGE_KINDS, type MessageKind, spamHamInSlices} from '../../data/spam-ham/index.js';

/** What each kind of generated message asks of a classifier. */
export const KIND_LABELS: Readonly<Record<MessageKind, string>> = {
  plain: 'Spam has words of its own',
  order: 'The same words, in another order',
  meaning: 'New words of a known kind',
};

/** Examples of a group of given texts; generated ones show one of each class. */
const EXAMPLES = 2;

/** Test messages that are judged together. */
export interface Group {
  label: string;
  /** Indices into the test set. */
  members: readonly number[];
  /** The first few of them. */
  examples: readonly number[];
}

export interface Messages extends LabeledData {
  /** What they were read from; undefined: they were generated. */
  given?: LabeledData;
  /** Generated messages by kind; given ones by class. */
  groups: readonly Group[];
  /** The baseline's probabilities for a text, [K], once it is trained. */
  bag?: (text: string) => number[];
  /** … and on the test set, [texts][K]. */
  bagProbs?: readonly number[][];
}

/**
 * Returns the given texts, or generates the messages of a seed, with the baseline trained on them. Other tasks run between slices of the
 * work.
 * @param show Called with the messages before the baseline is trained.
 * @throws {DOMException} `AbortError` if the signal is aborted
 */
export async function messagesOf(
  {seed, data}: {seed: number; data: LabeledData | undefined},
  signal: AbortSignal,
  show: (messages: Messages) => void,
): Promise<Messages> {
  const messages = data ? {...data, given: data, groups: byClass(data)} : await generated(seed, signal);
  show(messages);
  const bag = await trainBagOfWords(messages.train, messages.classes.length, signal);
  return {...messages, bag: bag.predict, bagProbs: messages.test.map(({text}) => bag.predict(text))};
}

async function generated(seed: number, signal: AbortSignal): Promise<Messages> {
  const split = await spamHamInSlices({seed}, signal);
  const groups = MESSAGE_KINDS.map((kind) =>
    groupOf(
      KIND_LABELS[kind],
      indicesWhere(split.test, (message) => message.kind === kind),
    ),
  );
  return {...split, name: 'generated messages', groups};
}

const byClass = ({classes, test}: LabeledData): Group[] =>
  classes.map((name, label) =>
    groupOf(
      name,
      indicesWhere(test, (text) => text.label === label),
    ),
  );

const groupOf = (label: string, members: number[]): Group => ({
  label,
  members,
  examples: members.slice(0, EXAMPLES),
});

const indicesWhere = <T>(items: readonly T[], chosen: (item: T) => boolean): number[] =>
  items.flatMap((item, index) => (chosen(item) ? [index] : []));

/** Returns the share of texts whose true class is the likeliest; of some, or of all. */
export function accuracy(
  texts: readonly LabeledText[],
  probs: readonly (readonly number[])[],
  members: readonly number[] = [...texts.keys()],
): number {
  const right = members.filter((i) => probs[i]![texts[i]!.label] === Math.max(...probs[i]!));
  return right.length / members.length;
}
