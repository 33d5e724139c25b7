import {elementContract} from '../../ui/testing/element-contract.js';
import '../gpt-model/gpt-model.js';
import './bpe-trainer.js';
import {BpeTrainerHarness} from './bpe-trainer.harness.js';

elementContract({
  tag: 'bpe-trainer',
  harness: BpeTrainerHarness,
  alone: true,
  attributes: {merges: '20'},
  models: ['ancestor', 'for', 'default'],
});
