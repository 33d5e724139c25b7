import {elementContract} from '../../ui/testing/element-contract.js';
import '../gpt-model/gpt-model.js';
import './classifier-trainer.js';
import {ClassifierTrainerHarness} from './classifier-trainer.harness.js';

elementContract({
  tag: 'classifier-trainer',
  harness: ClassifierTrainerHarness,
  alone: true,
});
