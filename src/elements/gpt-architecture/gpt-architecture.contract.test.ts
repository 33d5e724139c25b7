import {elementContract} from '../../ui/testing/element-contract.js';
import '../gpt-model/gpt-model.js';
import './gpt-architecture.js';
import {GptArchitectureHarness} from './gpt-architecture.harness.js';
import {givenValues} from './testing/given-values.js';

elementContract({
  tag: 'gpt-architecture',
  harness: GptArchitectureHarness,
  given: () => ({values: givenValues()}),
  models: ['ancestor', 'for', 'default'],
});
