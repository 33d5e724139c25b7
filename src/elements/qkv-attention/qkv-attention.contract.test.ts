import golden from '../../math/golden/attention.json';
import {elementContract} from '../../ui/testing/element-contract.js';
import '../gpt-model/gpt-model.js';
import './qkv-attention.js';
import {QkvAttentionHarness} from './qkv-attention.harness.js';

elementContract({
  tag: 'qkv-attention',
  harness: QkvAttentionHarness,
  given: () => ({weights: {x: golden.x, wq: golden.wq, wk: golden.wk, wv: golden.wv}, tokens: [...'abcde']}),
  models: ['ancestor', 'for', 'default'],
});
