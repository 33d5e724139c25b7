import golden from '../../math/golden/attention.json';
import {elementContract} from '../../ui/testing/element-contract.js';
import '../gpt-model/gpt-model.js';
import './causal-mask.js';
import {CausalMaskHarness} from './causal-mask.harness.js';

elementContract({
  tag: 'causal-mask',
  harness: CausalMaskHarness,
  given: () => ({weights: {x: golden.x, wq: golden.wq, wk: golden.wk, wv: golden.wv}, tokens: [...'abcde']}),
  models: ['ancestor', 'for', 'default'],
});
