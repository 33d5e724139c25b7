/** How the gallery presents each element: its question, its chapter, and the tag that shows it best. */
import {CHAPTERS, type Chapter} from './course';

export interface Exhibit {
  tag: string;
  /** What it answers. */
  question: string;
  /** The number of the chapter that it belongs to. */
  chapter: number;
  /** How to read the drawing, as its page says it; by default, what the element's own sentence says after its question. */
  lead?: string;
  /** Attributes of the demo, as HTML. */
  attributes?: string;
  /** HTML between its tags. */
  content?: string;
  /** Whether it has use for more room than a page's columns. */
  isWide?: boolean;
  /** Whether it shows a model: in the demo, the one that comes trained. */
  isOfModel?: boolean;
  /** Whether what it shows changes while that model trains: its page then has the trainer's bar. */
  isOfTraining?: boolean;
}

export const EXHIBITS: readonly Exhibit[] = [
  {
    tag: 'text-generator',
    question: 'What comes next, and how sure is the model?',
    lead: 'Each bar is the probability that this token comes next.',
    chapter: 1,
    attributes: 'prompt="Mia had a red kite. She" max-new-tokens="24"',
    isOfModel: true,
  },
  {
    tag: 'bpe-tokenizer',
    question: 'Where does a tokenizer cut a text?',
    lead: 'Each colored piece is one token, and the number below it is its id: all that a model gets to read.',
    chapter: 2,
    attributes: 'text="The unbelievable tokenizer does not know words. 12345 + 678 = ?"',
  },
  {
    tag: 'bpe-trainer',
    question: 'Which pair of pieces is merged next?',
    chapter: 2,
    attributes: 'step="12"',
    isOfModel: true,
  },
  {
    tag: 'tokenizer-compare',
    question: 'How do different tokenizers cut the same text?',
    lead: 'Characters can spell anything, but need many tokens. Words need few, but unknown ones are lost. BPE is in between.',
    chapter: 2,
    attributes: 'tokenizers="char word bpe"',
  },
  {
    tag: 'special-tokens',
    question: 'What do special tokens do?',
    lead: 'One marks where a document ends. Another stands in for every unknown word.',
    chapter: 2,
  },
  {
    tag: 'vocabulary-table',
    question: 'Which tokens does a model know?',
    lead: 'These pieces are all that it can read and write. The more often its text uses one, the larger it is.',
    chapter: 2,
    attributes: 'order="frequency" descending',
    isOfModel: true,
  },
  {
    tag: 'corpus-picker',
    question: 'What will a model write, if this is all it reads?',
    lead: 'One small model, trained on each text. In bold: what it then wrote. Choose a text for this page’s model.',
    chapter: 2,
    isOfModel: true,
  },
  {
    tag: 'sliding-window',
    question: 'How does one text become many exercises?',
    chapter: 2,
    isOfModel: true,
    isWide: true,
  },
  {
    tag: 'batch-inspector',
    question: 'What exactly does a model get to read?',
    chapter: 2,
    isOfModel: true,
    isWide: true,
  },
  {
    tag: 'token-embedding',
    question: 'Which numbers stand for a token?',
    chapter: 2,
    isOfModel: true,
    isWide: true,
  },
  {
    tag: 'embedding-map',
    question: 'Which tokens are alike to the model?',
    lead: 'Each point is a token. Tokens with similar vectors are close together: names with names, things with things.',
    chapter: 2,
    isOfModel: true,
    isWide: true,
  },
  {
    tag: 'position-embedding',
    question: 'How does a model know where a token is?',
    lead: 'Each position has a vector of its own, which is added to the token’s. Without it, the model can hardly tell in which order the words stand.',
    chapter: 2,
    isOfModel: true,
    isWide: true,
  },
  {tag: 'why-attention', question: 'Which earlier word does this word need?', chapter: 3, isOfModel: true},
  {
    tag: 'self-attention-steps',
    question: 'How does attention work, number by number?',
    lead: 'A token compares itself with the others, turns the scores into weights, and mixes the vectors by them. Each word is three made-up numbers here; <b>her</b> asks.',
    chapter: 3,
    attributes: 'step="3" without-text-input',
    isWide: true,
  },
  {
    tag: 'qkv-attention',
    question: 'What do queries, keys and values do?',
    lead: 'Every token asks with its query and answers with its key. Where the two match, its value is passed on.',
    chapter: 3,
    attributes: 'text="Mia took the red ball. She" layer="1"',
    isOfModel: true,
    isWide: true,
  },
  {
    tag: 'causal-mask',
    question: 'Why may a token not see the future?',
    lead: 'Because the next token is what it has to predict. The mask hides it: without the mask, a model copies the answer and learns nothing.',
    chapter: 3,
    attributes: 'text="Sue had a red"',
    isOfModel: true,
    isWide: true,
  },
  {
    tag: 'attention-dropout',
    question: 'What changes when some weights are left out?',
    lead: 'In training, weights are dropped at random and the rest scaled up, so that the model cannot rely on a single one.',
    chapter: 3,
    attributes: 'text="Sue had a red ball. She"',
    isOfModel: true,
    isWide: true,
  },
  {
    tag: 'multi-head-attention',
    question: 'What is each head worth?',
    lead: 'Each head looks for something different. Silence one, and the model may say something else.',
    chapter: 3,
    attributes: 'head="1" text="Ben had a red ball in the park."',
    isOfModel: true,
    isWide: true,
  },
  {
    tag: 'attention-matrix',
    question: 'What does each token look at?',
    lead: 'Each row is a token: the stronger a cell’s color, the more it looks at the token above the cell.',
    chapter: 3,
    attributes: 'text="Sue had a red ball. She held the ball" query="8" key="4"',
    isOfModel: true,
    isWide: true,
  },
  {
    tag: 'gpt-architecture',
    question: 'How does a text become a prediction?',
    chapter: 4,
    isOfModel: true,
    isWide: true,
  },
  {
    tag: 'layer-norm',
    question: 'Why does each part first rescale what it reads?',
    chapter: 4,
    attributes: 'text="Amy got a big sweet"',
    isOfModel: true,
    isWide: true,
  },
  {
    tag: 'activation-plot',
    question: 'Why does an MLP need GELU?',
    chapter: 4,
    attributes: 'text="Amy got a big sweet"',
    isOfModel: true,
  },
  {
    tag: 'feed-forward',
    question: 'What has a feed-forward layer learned to notice?',
    chapter: 4,
    attributes: 'text="Amy got a big sweet" layer="1" unit="100"',
    isOfModel: true,
    isWide: true,
  },
  {
    tag: 'logit-lens',
    question: 'When does the model know what comes next?',
    chapter: 4,
    attributes: 'text="Mia had a red kite. She took the kite to" token="5"',
    isOfModel: true,
    isWide: true,
  },
  {
    tag: 'transformer-block-viz',
    question: 'What does a block add to the stream?',
    chapter: 4,
    attributes: 'text="Amy got a big sweet"',
    isOfModel: true,
    isWide: true,
  },
  {
    tag: 'shortcut-gradients',
    question: 'Why does each part add its result, instead of replacing what it got?',
    chapter: 4,
  },
  {tag: 'gpt-config', question: 'How large is a GPT?', chapter: 4},
  {tag: 'gpt-trainer', question: 'Can random numbers learn to tell a tale?', chapter: 5, isWide: true},
  {
    tag: 'run-compare',
    question: 'Is it worth starting from weights that have learned something?',
    chapter: 5,
    isOfModel: true,
    isWide: true,
  },
  {
    tag: 'loss-chart',
    question: 'How wrong is the model, and how right can it get?',
    lead: 'Lower is better: from guessing, at the top, to the best that any model could do. The samples show what the model can write at each point.',
    chapter: 5,
    isWide: true,
  },
  {
    tag: 'weight-inspector',
    question: 'What has a matrix learned?',
    lead: 'Left: random numbers, before training. Right: the lines that training made of them. Orange is above 0, teal below.',
    chapter: 5,
    attributes: 'tensor="wpe.weight"',
    isOfModel: true,
    isOfTraining: true,
    isWide: true,
  },
  {
    tag: 'weights-io',
    question: 'How do you save a model and take it elsewhere?',
    chapter: 5,
    isOfModel: true,
    isWide: true,
  },
  {
    tag: 'gpt2-loader',
    question: 'Can OpenAI’s GPT-2 run in this page?',
    lead: 'It is made of the same parts as the small model here, only more and larger ones. Choose a size and load it: every figure then shows GPT-2.',
    chapter: 5,
    isOfModel: true,
    isWide: true,
  },
  {tag: 'gpt-model', question: 'Which model do the elements of a page share?', chapter: 5},
  {
    tag: 'data-splitter',
    question: 'What happens to each row of a table?',
    chapter: 6,
    isOfModel: true,
    isWide: true,
  },
  {
    tag: 'padding-view',
    question: 'Where should a classifier read its answer?',
    lead: 'At the message’s own end. Messages that are read together are filled up with padding, hatched here, to one length. Read after the padding, the same message gets a different answer: here, spam becomes ham.',
    chapter: 6,
    isOfModel: true,
    isWide: true,
  },
  {
    tag: 'classifier-trainer',
    question: 'How does a language model become a spam filter?',
    chapter: 6,
    isWide: true,
  },
];

export const exhibitOf = (tag: string): Exhibit => {
  const found = EXHIBITS.find((one) => one.tag === tag);
  if (!found)
    throw new Error(`<${tag}> is missing in docs-site/src/gallery.ts: give it a question and a chapter.`);
  return found;
};

export const chapterOf = ({chapter}: Exhibit): Chapter => CHAPTERS.find(({number}) => number === chapter)!;

/** Chapters that have elements, in order, each with its own. */
export const ROOMS: readonly {chapter: Chapter; exhibits: readonly Exhibit[]}[] = CHAPTERS.map((chapter) => ({
  chapter,
  exhibits: EXHIBITS.filter((one) => one.chapter === chapter.number),
})).filter(({exhibits}) => exhibits.length > 0);

/** The HTML of an element in a page, e.g. its demo. */
export const htmlOf = ({tag, attributes = '', content = ''}: Exhibit, more = ''): string =>
  `<${[tag, more, attributes].filter(Boolean).join(' ')}>${content}</${tag}>`;
