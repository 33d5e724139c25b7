import {elementContract} from '../../ui/testing/element-contract.js';
import '../gpt-model/gpt-model.js';
import './tokenizer-compare.js';
import {TokenizerCompareHarness} from './tokenizer-compare.harness.js';

elementContract({
  tag: 'tokenizer-compare',
  harness: TokenizerCompareHarness,
  alone: true,
});
