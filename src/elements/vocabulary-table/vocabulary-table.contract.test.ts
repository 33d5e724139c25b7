import {elementContract} from '../../ui/testing/element-contract.js';
import '../gpt-model/gpt-model.js';
import './vocabulary-table.js';
import {VocabularyTableHarness} from './vocabulary-table.harness.js';

elementContract({
  tag: 'vocabulary-table',
  harness: VocabularyTableHarness,
  models: ['ancestor', 'for'],
});
