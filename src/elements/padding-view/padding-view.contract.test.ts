import {elementContract} from '../../ui/testing/element-contract.js';
import '../gpt-model/gpt-model.js';
import './padding-view.js';
import {PaddingViewHarness} from './padding-view.harness.js';

elementContract({
  tag: 'padding-view',
  harness: PaddingViewHarness,
  models: ['ancestor', 'for', 'default'],
  attributes: {messages: 'one two\nten'},
});
