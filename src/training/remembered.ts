import {StoredVariants} from '../webgpu/index.js';

/**
 * What the browser keeps about its graphics card from visit to visit: which kernels are the fastest, and that they agreed with the reference.
 */
export const remembered = new StoredVariants();
