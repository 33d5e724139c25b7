/**
 * An original set of short messages, spam and ham, made from templates: what chapter 6 trains a classifier on. Everything is a pure
 * function of the seed. Half of each set is spam.
 */
import {key, uniformStream} from '../../math/rng.js';
import {Slice} from '../../tokenizers/slices.js';
import type {LabeledSplit, LabeledText} from '../labeled.js';
import {AROUND, type MessageKind, type Part, TEMPLATES} from './templates.js';
import {type Slot, WORDS} from './words.js';

export {MESSAGE_KINDS, type MessageKind} from './templates.js';

export const SPAM_CLASSES = ['ham', 'spam'] as const;

export interface Message extends LabeledText {
  kind: MessageKind;
}

export interface SpamHamOptions {
  /** Fixes the messages. Default: 1. */
  seed?: number;
  /** In all three sets together. Default: 2,000. */
  messages?: number;
}

export const DEFAULT_MESSAGES = 2000;

/** So often a message is drawn anew where it would repeat another. */
const MOST_DRAWS = 50;

/** Of ten messages, so many are of each kind. */
const MIX: readonly MessageKind[] = [
  ...new Array<MessageKind>(6).fill('plain'),
  'order',
  'order',
  'meaning',
  'meaning',
];

/**
 * Returns 70 % of the messages for training, 10 % for validation and 20 % for the test. The first two are made from the same sentences and
 * words; those of the test set are all new.
 * @throws {RangeError} where `messages` is not a whole number from 10 to 20,000
 */
export function spamHam(options?: SpamHamOptions): LabeledSplit<Message> {
  const work = writing(options);
  for (let at = work.next(); ; at = work.next()) if (at.done) return at.value;
}

/**
 * Returns what `spamHam` does. Other tasks run between slices of the work.
 * @throws {RangeError} as `spamHam`
 * @throws {DOMException} `AbortError` if the signal is aborted
 */
export async function spamHamInSlices(
  options?: SpamHamOptions,
  signal?: AbortSignal,
): Promise<LabeledSplit<Message>> {
  const slice = new Slice(signal);
  const work = writing(options);
  for (let at = work.next(); ; at = work.next()) {
    if (at.done) return at.value;
    if (slice.isOver) await slice.next();
  }
}

/** Writes all messages, and pauses after each. */
function* writing({
  seed = 1,
  messages = DEFAULT_MESSAGES,
}: SpamHamOptions = {}): Generator<void, LabeledSplit<Message>> {
  if (!(Number.isInteger(messages) && messages >= 10 && messages <= 20_000))
    throw new RangeError(`messages must be a whole number from 10 to 20,000, not ${messages}.`);
  const test = Math.round(messages * 0.2);
  const validation = Math.round(messages * 0.1);
  const learnable = yield* distinct('train', seed, messages - test);
  return {
    classes: SPAM_CLASSES,
    train: learnable.slice(validation),
    validation: learnable.slice(0, validation),
    test: yield* distinct('test', seed, test),
  };
}

/** Writes messages of which no two are the same, as far as there are so many. */
function* distinct(part: Part, seed: number, count: number): Generator<void, Message[]> {
  const texts = new Set<string>();
  const written: Message[] = [];
  for (let index = 0; index < count; index++) {
    let message = writeMessage(part, seed, index);
    for (let draw = 1; draw < MOST_DRAWS && texts.has(message.text); draw++)
      message = writeMessage(part, seed, index, draw);
    texts.add(message.text);
    written.push(message);
    yield;
  }
  return written;
}

/**
 * Returns message number `index` of a seed. Two neighbors, 2n and 2n + 1, are of one kind and of both classes.
 * @param draw other numbers give other messages of the same kind and class
 */
function writeMessage(part: Part, seed: number, index: number, draw = 0): Message {
  const next = uniformStream(key(seed, part === 'train' ? 0 : 1, index, draw));
  const pick = <T>(options: readonly T[]): T => options[Math.floor(next() * options.length)]!;
  const kind = MIX[Math.floor(index / 2) % MIX.length]!;
  const label = index % 2;
  const pair = pick(TEMPLATES[part][kind]);
  const template = pick(AROUND.before) + (label ? pair.spam : pair.ham) + pick(AROUND.after);
  const used = new Set<string>(); // nobody swaps a ball for a ball
  const text = template.replace(/\{([a-z|]+)\}/g, (_, slots: string) => {
    const words = WORDS[part][pick(slots.split('|')) as Slot];
    const fresh = words.filter((word) => !used.has(word));
    const word = pick(fresh.length > 0 ? fresh : words);
    used.add(word);
    return word;
  });
  return {text, label, kind};
}
