import {elementContract} from '../../ui/testing/element-contract.js';
import '../gpt-model/gpt-model.js';
import {exampleLens, LogitLensHarness} from './logit-lens.harness.js';
import './logit-lens.js';

elementContract({
  tag: 'logit-lens',
  harness: LogitLensHarness,
  given: () => exampleLens(),
  models: ['ancestor', 'for', 'default'],
});
