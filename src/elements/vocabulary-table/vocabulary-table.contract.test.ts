import {elementContract} from '../../ui/testing/element-contract.js';
import '../gpt-model/gpt-model.js';
import './vocabulary-table.js';
import {VocabularyTableHarness} from './vocabulary-table.harness.js';

elementContract({
  tag: 'vocabulary-table',
  harness: VocabularyTableHarness,
  attributes: {text: 'one two'}, // the tiny model has no token for the letters of tiny-tales
  models: ['ancestor', 'for'],
});
