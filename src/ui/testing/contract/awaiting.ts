import type {CheckName} from './checks.js';

type Faults = Readonly<Record<string, Partial<Record<CheckName, string>>>>;

/** What many views leave on paper below the fold. */
const WAITING = '“Waiting for the model” stands on paper';

/** Checks that an element is known to fail, with what was seen. Must be empty at the end; a listed check that passes fails. */
export const AWAITING: Faults = {
  'attention-dropout': {print: WAITING},
  'attention-matrix': {
    attributes: 'head="nonsense" and head="-1": cannot read toFixed of undefined',
    rightToLeft: 'labels of rows and columns turn around while the cells stay',
    print: WAITING,
  },
  'batch-inspector': {print: '“Reading the text” stands on paper'},
  'bpe-tokenizer': {attributes: 'text = null: cannot read length of null'},
  'bpe-trainer': {attributes: 'step = null: cannot read toLocaleString of null'},
  'causal-mask': {print: WAITING},
  'corpus-picker': {print: 'the choice of a text and the slider stand on paper'},
  'embedding-map': {print: 'the slider of steps stands on paper'},
  'gpt-trainer': {print: 'a slider stands on paper'},
  'multi-head-attention': {print: WAITING},
  'position-embedding': {print: WAITING},
  'qkv-attention': {print: WAITING},
  'sliding-window': {print: 'a slider stands on paper'},
  'special-tokens': {attributes: 'first, second and sentence = null: cannot read slice of null'},
  'text-generator': {
    print: 'three sliders stand on paper',
    retry: 'says that the model could not answer, without a button that tries again',
  },
  'token-embedding': {print: WAITING},
  'tokenizer-compare': {attributes: 'text and tokenizers = null: cannot read length and split of null'},
};
