/** The engine without live models: requests up, facts down. Importing it starts nothing and downloads no tfjs. */

export {EngineError, type EngineErrorCode} from './errors.js';
export {connectEngine} from './page/connect.js';
export type {EngineConnection} from './page/connection.js';
export type * from './protocol.js';
export {setBasePath, setWorkerFactory} from './worker-factory.js';
