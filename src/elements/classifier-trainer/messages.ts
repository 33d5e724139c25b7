/** The data of the element: generated messages, and what the baseline makes of them. */
import {type BagOfWords, trainBagOfWords} from '../../data/labeled/bag-of-words.js';
import {MESSAGE_KINDS, type Message, type MessageKind, spamHam} from '../../data/spam-ham/index.js';

export {MESSAGE_KINDS, type Message, type MessageKind} from '../../data/spam-ham/index.js';

/** What each kind of message asks of a classifier. */
export const KIND_LABELS: Readonly<Record<MessageKind, string>> = {
  plain: 'Spam has words of its own',
  order: 'The same words, in another order',
  meaning: 'New words of a known kind',
};

export interface Messages {
  classes: readonly string[];
  train: readonly Message[];
  validation: readonly Message[];
  test: readonly Message[];
  bag: BagOfWords;
  /** The baseline's probabilities on the test set, [texts][K]. */
  bagProbs: readonly number[][];
}

/** Returns the messages of a seed, with the baseline trained on them. It takes some 100 ms. */
export function messagesOf(seed: number): Messages {
  const split = spamHam({seed});
  const bag = trainBagOfWords(split.train, split.classes.length);
  return {...split, bag, bagProbs: split.test.map(({text}) => bag.predict(text))};
}

/** Returns the share of texts whose true class is the likeliest; of one kind, or of all. */
export function accuracy(
  texts: readonly Message[],
  probs: readonly (readonly number[])[],
  kind?: MessageKind,
): number {
  const chosen = texts.flatMap((text, i) => (!kind || text.kind === kind ? [{text, row: probs[i]!}] : []));
  return chosen.filter(({text, row}) => row[text.label] === Math.max(...row)).length / chosen.length;
}

/** Returns the first two test messages of each kind, one of each class. */
export function examples(texts: readonly Message[]): {message: Message; index: number}[] {
  return MESSAGE_KINDS.flatMap((kind) => {
    const first = texts.findIndex((message) => message.kind === kind);
    return [first, first + 1].map((index) => ({message: texts[index]!, index}));
  });
}
