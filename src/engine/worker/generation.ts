import {yieldToEventLoop} from '../../math/yield-to-event-loop.js';
import {streamDecoder} from '../../tokenizers/stream.js';
import {canceled, EngineError} from '../errors.js';
import type {Candidate, GeneratedToken, GenerateOptions} from '../protocol.js';
import type {OpenModel} from './open-model.js';

/**
 * Writes on; between two submissions the backend is free for others, and whoever listens can end it. An empty prompt starts as the corpus's
 * lines do.
 */
export async function* streamTokens(
  model: OpenModel,
  {promptIds, ...options}: GenerateOptions,
  turn: <T>(work: () => Promise<T>) => Promise<T>,
  signal: AbortSignal,
): AsyncGenerator<GeneratedToken, void, void> {
  const {session} = model;
  const {tokenizer} = model.source;
  const read = streamDecoder(tokenizer);
  const text = (candidate: {id: number; probability: number}): Candidate => ({
    ...candidate,
    text: tokenizer.token(candidate.id),
  });
  const writing = session.writer.write(promptIds.length ? promptIds : [model.startToken], options);
  for (;;) {
    if (signal.aborted) throw canceled();
    const next = await turn(async () => {
      if (model.session === session) return writing.next();
      throw new EngineError('device-lost', 'The model was replaced while it wrote. Generate again.');
    });
    if (signal.aborted) throw canceled();
    if (next.done) return;
    for (const {id, probability, candidates} of next.value) {
      const likeliest = [...candidates];
      if (!likeliest.some((candidate) => candidate.id === id)) likeliest.push({id, probability});
      yield {id, text: read(id), probability, candidates: likeliest.map(text)};
    }
    await yieldToEventLoop();
  }
}
