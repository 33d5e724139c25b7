/** The pure facts about the sizes of models, apart from live ones: an element that only counts never loads those. */
export * from '../model/config.js';
export {flopsPerToken, type TokenFlops} from '../model/flops.js';
export {type CacheEstimate, estimateCache, estimateMemory, type MemoryEstimate} from '../model/memory.js';
export {countParameters, parameterShapes} from '../model/parameters.js';
