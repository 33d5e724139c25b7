/** Everything that an element may know of models: the live ones, and the pure facts about sizes and settings. */

export {checkpointName, filesSpec} from '../checkpoint/spec.js';
export {EngineError, type EngineErrorCode} from '../engine/errors.js';
export type {EngineConnection} from '../engine/page/connection.js';
export * from '../engine/protocol.js';
export {setBasePath, setWorkerFactory} from '../engine/worker-factory.js';
export * from '../model/config.js';
export {flopsPerToken, type TokenFlops} from '../model/flops.js';
export {type CacheEstimate, estimateCache, estimateMemory, type MemoryEstimate} from '../model/memory.js';
export {countParameters, parameterShapes} from '../model/parameters.js';
export * from '../model/presets.js';
export * from '../training/options.js';
export {RECOMMENDED_TRAINING} from '../training/recommended.js';
export * from './live-model.js';
export * from './registry.js';
export * from './watch.js';
