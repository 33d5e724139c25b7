/**
 * The sentences that messages are made of. `{toy|food}` is a gap. Sentences are combined from parts: the training set and the test set
 * share parts, but no sentence.
 *
 * - `plain`: spam has words of its own (*free*, *win*, *coin*), as in most mail.
 * - `order`: both classes use the same words. Whoever wants to be paid before you get something, or asks you to keep a secret, is a fraud.
 * - `meaning`: an animal never comes by post; toys and food may. The animals of the test set are not in the training set.
 */

export type Part = 'train' | 'test';
export type MessageKind = 'plain' | 'order' | 'meaning';
export const MESSAGE_KINDS: readonly MessageKind[] = ['plain', 'order', 'meaning'];

/** A sentence of each class. Of the kind `order`, both have the same words. */
export interface TemplatePair {
  ham: string;
  spam: string;
}

const GIFT = '{toy|food}';

const PROMISES = ['You won a free #!', 'Win a free #!', 'A free # for you!', 'Your free # is here!'];
const DEMANDS = ['Click here.', 'Pay one coin.', 'Call now.', 'Send one coin.'];
/** As many as promises, and as many plans as demands. */
const NEWS = [
  'Thank you for the {size} #.',
  'I saw your {color} # {where}.',
  'Is this {color} # yours?',
  'I found a {size} # {where}.',
];
const PLANS = ['We play {where} {when}.', 'Come home {when}.', 'My {kin} is {where}.', 'I like it.'];

const PAY = ['you give me the {toy}', 'you send me the {toy}', 'you pay me', 'you pay one coin'];
const GET = [`you get the ${GIFT}`, `you see the ${GIFT}`, `you have the ${GIFT}`];
const FRAMES: readonly ((first: string, second: string) => string)[] = [
  (first, second) => `First ${first}, then ${second}.`,
  (first, second) => `${capital(first)} before ${second}.`,
  (first, second) => `${capital(second)} after ${first}.`,
  (first, second) => `${capital(first)}. Then ${second}.`,
];

const TELL = ['tell your {kin}', 'ask your {kin}', 'call your {kin}'];
const HAND_OVER = [`give me the ${GIFT}`, `send me the ${GIFT}`, `pay for the ${GIFT}`, 'pay me one coin'];

const ARRIVALS = [
  'A {size} * comes',
  'You get a {size} *',
  'I send you a {color} *',
  'The * for {name} comes',
  'I send {name} a *',
  'Your {color} * comes',
];
const WAYS = ['by post', 'in a box', '{when} by post', 'in this box'];

interface Combined<T> {
  item: T;
  /** Whether it belongs to the test set. */
  isTest: boolean;
}

/** Returns all pairs of two lists. About a quarter is for the test set; every part of a pair also stands in the training set. */
function combine<A, B, C>(a: readonly A[], b: readonly B[], join: (a: A, b: B) => C): Combined<C>[] {
  return a.flatMap((x, i) => b.map((y, j) => ({item: join(x, y), isTest: (i + j) % 4 === 3})));
}

const withGift = (first: string, second: string): string => `${first} ${second}`.replace('#', GIFT);
const hams = combine(NEWS, PLANS, withGift);
const plain = combine(PROMISES, DEMANDS, withGift).map(({item: spam, isTest}, n) => ({
  item: {spam, ham: hams[n]!.item},
  isTest,
}));

const order = [
  ...combine(PAY, GET, (pay, get) => ({pay, get})).flatMap(({item: {pay, get}, isTest}) =>
    FRAMES.map((frame) => ({item: {spam: frame(pay, get), ham: frame(get, pay)}, isTest})),
  ),
  ...combine(TELL, HAND_OVER, (tell, give) => ({
    spam: `Do not ${tell}. ${capital(give)}.`,
    ham: `${capital(tell)}. Do not ${give}.`,
  })),
];

const meaning = combine(ARRIVALS, WAYS, (arrival, way) => ({
  spam: `${arrival} ${way}.`.replace('*', '{pet}'),
  ham: `${arrival} ${way}.`.replace('*', GIFT),
}));

const ALL = {plain, order, meaning};
const ofPart = (part: Part) =>
  Object.fromEntries(
    MESSAGE_KINDS.map((kind) => [
      kind,
      ALL[kind].filter(({isTest}) => isTest === (part === 'test')).map(({item}) => item),
    ]),
  ) as Record<MessageKind, TemplatePair[]>;

export const TEMPLATES: Readonly<Record<Part, Readonly<Record<MessageKind, readonly TemplatePair[]>>>> = {
  train: ofPart('train'),
  test: ofPart('test'),
};

/** What may stand before and after a sentence, in messages of both classes. */
export const AROUND = {
  before: ['', '', 'Hi {name}! ', '{name}, look! '],
  after: ['', '', ' Bye, {name}.', ' See you {when}.'],
} as const;

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
