/** The arc of the course: from raw text to a model that follows instructions. */

export interface Chapter {
  number: number;
  title: string;
  /** What the reader can do, or knows, at its end. */
  about: string;
  /** Its place in the site; absent while it is not written. */
  path?: string;
}

export const CHAPTERS: readonly Chapter[] = [
  {
    number: 1,
    title: 'What a language model is',
    about: 'One game: predict what comes next. And why playing it well takes so much.',
    path: 'learn/what-it-is/',
  },
  {
    number: 2,
    title: 'Text into tokens, tokens into vectors',
    about: 'Byte pair encoding, vocabularies, windows of text, embeddings and positions.',
    path: 'learn/tokens/',
  },
  {
    number: 3,
    title: 'Attention',
    about: 'How a token looks at the others: queries, keys, values, the causal mask, multiple heads.',
    path: 'learn/attention/',
  },
  {
    number: 4,
    title: 'Inside the GPT',
    about: 'Layer norm, feed-forward layers, shortcuts: the block, the stack, and every parameter counted.',
    path: 'learn/inside-the-gpt/',
  },
  {
    number: 5,
    title: 'Pretraining',
    about: 'A GPT that knows nothing learns to tell tiny tales while you watch.',
    path: 'learn/training/',
  },
  {
    number: 6,
    title: 'Finetuning to classify',
    about: 'A new head and a few examples turn a writer into a spam filter.',
    path: 'learn/finetuning/',
  },
  {
    number: 7,
    title: 'Instruction finetuning',
    about: 'Instructions, responses and masked losses: from continuing text to following instructions.',
  },
];
