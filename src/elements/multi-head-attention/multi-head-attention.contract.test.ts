import golden from '../../math/golden/attention.json';
import {elementContract} from '../../ui/testing/element-contract.js';
import '../gpt-model/gpt-model.js';
import './multi-head-attention.js';
import {MultiHeadAttentionHarness} from './multi-head-attention.harness.js';

elementContract({
  tag: 'multi-head-attention',
  harness: MultiHeadAttentionHarness,
  given: () => ({weights: {x: golden.x, wq: golden.wq, wk: golden.wk, wv: golden.wv}, tokens: [...'abcde']}),
  models: ['ancestor', 'for', 'default'],
});
