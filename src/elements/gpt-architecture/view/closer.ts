/** All that is needed to look at single numbers; loaded when the reader first does. */
import {productStyles} from '../../../ui/views/matrix-product/product.styles.js';
import {closerStyles} from './closer.styles.js';

export {CloserPanel} from './closer-panel.js';
export const styles = [productStyles, closerStyles];
