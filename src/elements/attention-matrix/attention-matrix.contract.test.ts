import {elementContract} from '../../ui/testing/element-contract.js';
import '../gpt-model/gpt-model.js';
import './attention-matrix.js';
import {AttentionMatrixHarness, exampleAttention} from './attention-matrix.harness.js';

elementContract({
  tag: 'attention-matrix',
  harness: AttentionMatrixHarness,
  given: () => exampleAttention(),
  models: ['ancestor', 'for', 'default'],
});
