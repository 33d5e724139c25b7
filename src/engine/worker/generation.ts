import {yieldToEventLoop} from '../../math/yield-to-event-loop.js';
import {streamDecoder} from '../../tokenizers/stream.js';
import {canceled, EngineError} from '../errors.js';
import type {Candidate, GeneratedToken, GenerateOptions} from '../protocol.js';
import type {OpenModel} from './open-model.js';

/**
 * Yields the tokens that a model writes after a prompt, with their text. An empty prompt starts as the lines of the corpus do.
 * @param turn runs work on the backend when it is free: others can use it between two submissions
 * @throws {EngineError} `canceled` after an abort; `device-lost` where the model was replaced meanwhile
 */
export async function* streamTokens(
  model: OpenModel,
  {promptIds, ...options}: GenerateOptions,
  turn: <T>(work: () => Promise<T>) => Promise<T>,
  signal: AbortSignal,
): AsyncGenerator<GeneratedToken, void, void> {
  const {session} = model;
  const {tokenizer} = model.source;
  const decode = streamDecoder(tokenizer);
  const withText = (candidate: {id: number; probability: number}): Candidate => ({
    ...candidate,
    text: tokenizer.token(candidate.id),
  });
  const batches = session.writer.write(promptIds.length ? promptIds : [model.startToken], options);
  while (true) {
    if (signal.aborted) throw canceled();
    const batch = await turn(async () => {
      if (model.session === session) return batches.next();
      throw new EngineError('device-lost', 'The model was replaced while it wrote. Generate again.');
    });
    if (signal.aborted) throw canceled();
    if (batch.done) return;
    for (const {id, probability, candidates} of batch.value) {
      const isListed = candidates.some((candidate) => candidate.id === id);
      const listed = isListed ? candidates : [...candidates, {id, probability}];
      yield {id, text: decode(id), probability, candidates: listed.map(withText)};
    }
    await yieldToEventLoop();
  }
}
