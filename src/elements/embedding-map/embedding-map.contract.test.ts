import {elementContract} from '../../ui/testing/element-contract.js';
import '../gpt-model/gpt-model.js';
import './embedding-map.js';
import {EmbeddingMapHarness, exampleSnapshots} from './embedding-map.harness.js';

elementContract({
  tag: 'embedding-map',
  harness: EmbeddingMapHarness,
  given: () => exampleSnapshots(),
  models: ['ancestor', 'for', 'default'],
});
