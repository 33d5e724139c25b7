import {elementContract} from '../../ui/testing/element-contract.js';
import '../gpt-model/gpt-model.js';
import './corpus-picker.js';
import {CorpusPickerHarness} from './corpus-picker.harness.js';

elementContract({
  tag: 'corpus-picker',
  harness: CorpusPickerHarness,
  models: ['ancestor', 'for', 'default'],
});
