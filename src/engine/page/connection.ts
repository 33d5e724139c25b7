import type {EngineFact, EngineRequests} from '../protocol.js';

/** One side's hold on an engine: requests go through `engine`, facts come to the listeners. */
export interface EngineHold {
  readonly engine: EngineRequests;
  /** @returns A function that ends the subscription. */
  onFact(listener: (fact: EngineFact) => void): () => void;
  /** Lets go of the engine. When nobody holds it any more, its worker is ended and everything is freed. */
  release(): void;
}

export interface EngineConnection extends EngineHold {
  /** A number that no other request of this page has, to cancel by. */
  nextRequest(): number;
}
