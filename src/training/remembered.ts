import {StoredVariants} from '../webgpu/index.js';

/**
 * What this reader's browser remembers of its graphics card from visit to visit: which kernels are the quickest,
 * and that they agreed with the reference.
 */
export const remembered = new StoredVariants();
