// cspell:ignore abdeg bfbff Classsify ejbjb gisburn marde
/**
 * What the course's small model wrote after 2,500 steps on each built-in text: docs/results/corpora.json and, of tiny-tales,
 * recorded-run.json. Copying, reversing and induction it has not learned by then.
 */
export interface Written {
  /** A piece of the text, where the library does not generate it itself. */
  piece?: string;
  /** The question that the model was given. */
  prompt?: string;
  /** What followed. */
  text: string;
  /** Whether the question has another answer. */
  isWrong?: boolean;
}

export const WRITTEN: Readonly<Record<string, Written>> = {
  'tiny-tales': {text: 'One cold day Meg got a big red kite at the farm.'},
  copy: {prompt: 'badge=', text: 'ejbjb', isWrong: true},
  reverse: {prompt: 'badge=', text: 'bfbff', isWrong: true},
  sort: {prompt: 'badge=', text: 'abdeg'},
  add: {prompt: '47+58=', text: '105'},
  induction: {prompt: 'd3 a7 f1 c4 a', text: '9', isWrong: true},
  'the-verdict': {
    piece: '“The height of his glory”--that was what the women called it.',
    prompt: 'I HAD always',
    text: ' thought Jack Gisburn rather a cheap genius',
  },
  'instruction-data': {
    piece: '"instruction": "What is the capital of Brazil?"',
    prompt: '"instruction": "',
    text: 'Classsify the following sentence to meters.',
  },
  'tiny-shakespeare': {
    piece: 'Before we proceed any further, hear me speak.',
    text: 'And my fair the made for that to thou marde.',
  },
};
