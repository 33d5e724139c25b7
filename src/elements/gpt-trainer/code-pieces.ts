import type {ModelFacts} from '../../state/index.js';
import type {CodePiece} from '../../ui/base/gpt-element.js';

const REFERENCE: CodePiece = {name: 'training-step', label: 'the step in TensorFlow.js (the reference)'};

/** From the whole to its parts. */
const PLANNED: readonly CodePiece[] = [
  {name: 'planned-step', label: 'the step, as one submission'},
  {name: 'planned-forward', label: 'the forward pass, as a list of kernels'},
  {name: 'kernel-linear', label: 'kernel: bias and GELU of a linear layer'},
  {name: 'kernel-attention', label: 'kernel: attention'},
  {name: 'kernel-cross-entropy', label: 'kernel: cross-entropy and its gradient'},
  {name: 'kernel-adamw', label: 'kernel: AdamW'},
];

/** What computed the steps comes first; the other way, which gives the same numbers, can be read too. */
export function codePieces(kernels: ModelFacts['kernels'] | undefined): readonly CodePiece[] {
  if (kernels === 'plan') return [...PLANNED, {...REFERENCE, label: `the same numbers: ${REFERENCE.label}`}];
  return [REFERENCE, ...PLANNED.map(({name, label}) => ({name, label: `on WebGPU instead: ${label}`}))];
}
