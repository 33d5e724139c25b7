import {elementContract} from '../../ui/testing/element-contract.js';
import '../gpt-model/gpt-model.js';
import {Gpt2LoaderHarness} from './gpt2-loader.harness.js';
import './gpt2-loader.js';

elementContract({
  tag: 'gpt2-loader',
  harness: Gpt2LoaderHarness,
  alone: true,
});
