import {elementContract} from '../../ui/testing/element-contract.js';
import '../gpt-model/gpt-model.js';
import './layer-norm.js';
import {exampleNorm, LayerNormHarness} from './layer-norm.harness.js';

elementContract({
  tag: 'layer-norm',
  harness: LayerNormHarness,
  given: () => exampleNorm(),
  models: ['ancestor', 'for', 'default'],
});
