/** The library's own engine in Node, in plain JavaScript, and a note of what was asked of it. */
import {EngineError} from '../../src/engine/errors.js';
import type {EngineConnection} from '../../src/engine/page/connection.js';
import {inProcess} from '../../src/engine/page/transport.js';
import type {EngineFact, EngineRequests, GeneratedToken} from '../../src/engine/protocol.js';
import {EngineHost} from '../../src/engine/worker/host.js';
import type {ModelRecord, RecordedAnswers} from '../../src/state/record.js';
import {recordKey} from '../../src/state/record-key.js';
import {during} from './pending.js';

/** The answers of the engine since the last call of `take`. */
export class Notes {
  #answers: ModelRecord['answers'] = {};

  add(key: string, answer: ModelRecord['answers'][string]): void {
    this.#answers[key] = answer;
  }

  take(): ModelRecord['answers'] {
    const answers = this.#answers;
    this.#answers = {};
    return answers;
  }
}

/** How many arguments of a request, after the model's name, are the question. */
const QUESTIONS: Record<keyof RecordedAnswers, number> = {
  trace: 3,
  weights: 1,
  generate: 1,
  attribution: 3,
  lens: 2,
  pass: 2,
  classify: 2,
  inspect: 1,
};

/** Nothing to choose or to test: the reference in plain JavaScript is what all others are compared with. */
const PARTS = {
  selfTest: async () => undefined,
  glance: async () => 1,
  probe: async () => ({probeMs: 1, flopsPerSecond: 1e9, overheadMs: 1}),
};

/** An engine whose answers are noted. */
export function connectNoting(notes: Notes): EngineConnection {
  const listeners = new Set<(fact: EngineFact) => void>();
  const written = new Map<number, GeneratedToken[]>();
  let requests = 0;
  const transport = inProcess<EngineRequests, EngineFact>(
    (tell) => new EngineHost(tell, 'main', PARTS as object),
    (fact) => {
      if (fact.type === 'token') written.get(fact.request)?.push(fact.token);
      for (const listener of listeners) listener(fact);
    },
  );
  const ask = async (method: keyof EngineRequests, args: unknown[]): Promise<unknown> => {
    const [, ...question] = args;
    if (method === 'generate') written.set(question[1] as number, []);
    const answer = await transport.call(method, args);
    const length = QUESTIONS[method as keyof RecordedAnswers];
    if (length !== undefined)
      notes.add(
        recordKey(method as keyof RecordedAnswers, ...question.slice(0, length)),
        method === 'generate'
          ? written.get(question[1] as number)!
          : (answer as ModelRecord['answers'][string]),
      );
    return answer;
  };
  return {
    engine: new Proxy({} as EngineRequests, {
      get: (_, method) =>
        method === 'then'
          ? undefined
          : (...args: unknown[]) => during(() => ask(method as keyof EngineRequests, args)),
    }),
    nextRequest: () => ++requests,
    onFact(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    release: () => transport.end(new EngineError('canceled', 'The model was closed.')),
  };
}
