/** All that is needed to look at single numbers; loaded when the reader first does. */

export {productStyles} from '../../../ui/views/matrix-product/product.styles.js';
export {readCandidate, readFor, readTensor} from '../data/detail.js';
export {otherText} from '../data/other-text.js';
export {renderAttribution} from './attribution-view.js';
export {closerStyles} from './closer.styles.js';
export {renderDiagrams} from './diagrams-view.js';
export {renderPatching} from './patching-view.js';
export {ProductPanel} from './product-panel.js';
export {renderSizes} from './sizes-view.js';
export {renderTensorCells} from './tensor-cells.js';
