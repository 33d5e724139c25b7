import {canceled} from '../engine/errors.js';
import type {EngineConnection} from '../engine/page/connection.js';
import type {GeneratedToken, GenerateOptions} from '../engine/protocol.js';

/**
 * Token facts of one `generate` request as an async iterable.
 * Whoever leaves the loop early, or aborts the signal, ends the work in the engine too.
 * @throws {EngineError} `canceled` after an abort.
 */
export async function* tokensOf(
  {engine, nextRequest, onFact}: EngineConnection,
  model: string,
  options: GenerateOptions,
  signal?: AbortSignal,
): AsyncGenerator<GeneratedToken, void, void> {
  if (signal?.aborted) throw canceled();
  const request = nextRequest();
  const arrived: GeneratedToken[] = [];
  let wake = () => {};
  let finished = false;
  const unsubscribe = onFact((fact) => {
    if (fact.type !== 'token' || fact.request !== request) return;
    arrived.push(fact.token);
    wake();
  });
  const cancel = () => void engine.cancel(request);
  signal?.addEventListener('abort', cancel, {once: true});
  const work = engine.generate(model, options, request).finally(() => {
    finished = true;
    wake();
  });
  work.catch(() => {}); // Awaited below; the loop may be left before.
  try {
    while (true) {
      while (arrived.length) yield arrived.shift()!;
      if (finished) break;
      await new Promise<void>((resolve) => (wake = resolve));
    }
    await work;
  } finally {
    if (!finished) cancel();
    signal?.removeEventListener('abort', cancel);
    unsubscribe();
  }
}
