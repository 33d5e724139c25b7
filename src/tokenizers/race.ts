/** How quickly two implementations of the same encoding work: this library's own, and js-tiktoken. */
import {Tiktoken} from 'js-tiktoken/lite';
import {loadRanks, type TiktokenBPE} from './rank-files.js';
import {TiktokenTokenizer} from './tiktoken.js';
import type {TiktokenEncoding} from './tokenizer.js';

export interface EncoderTime {
  /** Milliseconds from the rank file to a tokenizer that can encode. */
  ready: number;
  /** Milliseconds to encode the text, with nothing remembered from before. */
  encode: number;
}

export interface EncoderTimes {
  own: EncoderTime;
  jsTiktoken: EncoderTime;
  rounds: number;
  /** The text, as UTF-8. */
  bytes: number;
  tokens: number;
  /** Whether both gave the same ids. */
  same: boolean;
}

const ROUNDS = 3;

/**
 * Times both, in turns, each made anew every time; the median of the rounds. Holds its thread up: for a worker.
 * @throws {DOMException} `AbortError` where the signal was given between two rounds.
 */
export async function raceEncoders(
  encoding: TiktokenEncoding,
  text: string,
  signal?: AbortSignal,
): Promise<EncoderTimes> {
  const ranks = await loadRanks(encoding);
  const own: EncoderTime[] = [];
  const jsTiktoken: EncoderTime[] = [];
  let same = true;
  let tokens = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const mine = await timeOwn(encoding, ranks, text);
    const theirs = timeJsTiktoken(ranks, text);
    own.push(mine.time);
    jsTiktoken.push(theirs.time);
    same &&= mine.ids.length === theirs.ids.length && mine.ids.every((id, i) => id === theirs.ids[i]);
    tokens = mine.ids.length;
    await new Promise((resolve) => setTimeout(resolve)); // a message to stop may wait
    signal?.throwIfAborted();
  }
  const bytes = new TextEncoder().encode(text).length;
  return {own: median(own), jsTiktoken: median(jsTiktoken), rounds: ROUNDS, bytes, tokens, same};
}

async function timeOwn(encoding: TiktokenEncoding, ranks: TiktokenBPE, text: string) {
  const start = performance.now();
  const tokenizer = await TiktokenTokenizer.from(encoding, ranks, async () => {});
  const ready = performance.now();
  const ids = tokenizer.encode(text);
  return {ids, time: {ready: ready - start, encode: performance.now() - ready}};
}

function timeJsTiktoken(ranks: TiktokenBPE, text: string) {
  const start = performance.now();
  const tiktoken = new Tiktoken(ranks);
  const ready = performance.now();
  const ids = tiktoken.encode(text, [], []);
  return {ids, time: {ready: ready - start, encode: performance.now() - ready}};
}

function median(times: readonly EncoderTime[]): EncoderTime {
  const middle = (values: number[]) => values.sort((a, b) => a - b)[values.length >> 1]!;
  return {ready: middle(times.map(({ready}) => ready)), encode: middle(times.map(({encode}) => encode))};
}
