import golden from '../../math/golden/attention.json';
import {elementContract} from '../../ui/testing/element-contract.js';
import '../gpt-model/gpt-model.js';
import './attention-dropout.js';
import {AttentionDropoutHarness} from './attention-dropout.harness.js';

elementContract({
  tag: 'attention-dropout',
  harness: AttentionDropoutHarness,
  given: () => ({weights: {x: golden.x, wq: golden.wq, wk: golden.wk, wv: golden.wv}, tokens: [...'abcde']}),
  models: ['ancestor', 'for', 'default'],
});
