import {elementContract} from '../../ui/testing/element-contract.js';
import '../gpt-model/gpt-model.js';
import {GptConfigHarness} from './gpt-config.harness.js';
import './gpt-config.js';

elementContract({
  tag: 'gpt-config',
  harness: GptConfigHarness,
  alone: true,
});
