import {elementContract} from '../../ui/testing/element-contract.js';
import '../gpt-model/gpt-model.js';
import {ShortcutGradientsHarness} from './shortcut-gradients.harness.js';
import './shortcut-gradients.js';

elementContract({
  tag: 'shortcut-gradients',
  harness: ShortcutGradientsHarness,
  alone: true,
});
