/** The engine without live models: requests up, facts down. Importing it starts nothing and downloads no tfjs. */
export {connectEngine, setBasePath, setWorkerFactory} from './client.js';
export type {EngineConnection} from './connection.js';
export {EngineError, type EngineErrorCode} from './errors.js';
export type * from './protocol.js';
