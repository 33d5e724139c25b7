import {elementContract} from '../../ui/testing/element-contract.js';
import './gpt-model.js';
import {GptModelHarness} from './gpt-model.harness.js';

elementContract({
  tag: 'gpt-model',
  harness: GptModelHarness,
  alone: true,
});
