/** Everything that an element may know of models: the live ones, and the pure facts about sizes and settings. */

export {checkpointName, filesSpec} from '../checkpoint/spec.js';
export {EngineError, type EngineErrorCode} from '../engine/errors.js';
export type {EngineConnection} from '../engine/page/connection.js';
export * from '../engine/protocol.js';
export {setBasePath, setWorkerFactory} from '../engine/worker-factory.js';
export * from '../model/presets.js';
export * from '../training/options.js';
export {RECOMMENDED_TRAINING} from '../training/recommended.js';
export * from './live-model.js';
export * from './registry.js';
export * from './sizes.js';
export * from './watch.js';
