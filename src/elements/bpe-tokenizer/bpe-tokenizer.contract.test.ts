import {elementContract} from '../../ui/testing/element-contract.js';
import '../gpt-model/gpt-model.js';
import './bpe-tokenizer.js';
import {BpeTokenizerHarness} from './bpe-tokenizer.harness.js';

elementContract({
  tag: 'bpe-tokenizer',
  harness: BpeTokenizerHarness,
  alone: true,
  attributes: {text: 'one two'},
  models: ['ancestor', 'for'],
});
