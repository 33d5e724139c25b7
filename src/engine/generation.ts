import {streamDecoder} from '../tokenizers/stream.js';
import {cancelled, EngineError} from './errors.js';
import type {OpenModel} from './open-model.js';
import type {Candidate, GeneratedToken, GenerateOptions} from './protocol.js';
import {breathe} from './turns.js';

/** How many of the likeliest tokens a reader is shown. */
const SHOWN = 10;

/** Writes on, token by token; the backend is free for others in between. An empty prompt starts as the corpus's lines do. */
export async function* streamTokens(
  model: OpenModel,
  {ids, ...options}: GenerateOptions,
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
  const tokens = session.generate(ids.length ? ids : [model.startToken], options);
  for (;;) {
    if (signal.aborted) throw cancelled();
    const next = await turn(async () => {
      if (model.session === session) return tokens.next();
      throw new EngineError('device-lost', 'The model was replaced while it wrote. Generate again.');
    });
    if (signal.aborted) throw cancelled();
    if (next.done) return;
    const {id, probability, candidates} = next.value;
    const likeliest = candidates.slice(0, SHOWN);
    if (!likeliest.some((candidate) => candidate.id === id)) likeliest.push({id, probability});
    yield {id, text: read(id), probability, top: likeliest.map(text)};
    await breathe();
  }
}
