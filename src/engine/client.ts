import type {EngineConnection} from './connection.js';
/** A hold on the page's one engine; see the implementation below. */
export declare function connectEngine(): EngineConnection;
export declare function setBasePath(path: string): void;
export declare function setWorkerFactory(factory: () => Worker): void;
