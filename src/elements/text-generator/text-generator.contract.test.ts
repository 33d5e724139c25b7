import {elementContract} from '../../ui/testing/element-contract.js';
import '../gpt-model/gpt-model.js';
import './text-generator.js';
import {TextGeneratorHarness} from './text-generator.harness.js';

elementContract({
  tag: 'text-generator',
  harness: TextGeneratorHarness,
  attributes: {prompt: 'one '},
  models: ['ancestor', 'for', 'default'],
});
