import {elementContract} from '../../ui/testing/element-contract.js';
import '../gpt-model/gpt-model.js';
import './special-tokens.js';
import {SpecialTokensHarness} from './special-tokens.harness.js';

elementContract({
  tag: 'special-tokens',
  harness: SpecialTokensHarness,
  alone: true,
});
