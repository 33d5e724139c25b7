import {elementContract} from '../../ui/testing/element-contract.js';
import '../gpt-model/gpt-model.js';
import './gpt-trainer.js';
import {GptTrainerHarness} from './gpt-trainer.harness.js';

elementContract({
  tag: 'gpt-trainer',
  harness: GptTrainerHarness,
  models: ['ancestor', 'for', 'default'],
});
