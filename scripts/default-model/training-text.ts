/** What the default model learns from: tiny tales, and songs that make no sense. */

import {vocabulary} from '../../src/data/tiny-tales/grammar.js';
import {tellStory} from '../../src/data/tiny-tales/index.js';
import {key, uniformStream} from '../../src/math/rng.js';

export interface TextOptions {
  /** Fixes tales and songs. The page's own tiny-tales have seed 1: another one keeps them unseen. */
  seed: number;
  tales: number;
  /** After each so many tales comes a song. */
  talesPerSong: number;
  /** All songs after all tales and in one line, so that a line begins a tale. Default: among the tales, a line each. */
  songsApart?: boolean;
}

/** Words that a song draws from: all of tiny-tales, in a fixed order. */
export const SONG_WORDS: readonly string[] = [...vocabulary()].sort();

/** About as many words as a window holds. */
const SONG_LENGTH = 50;

/**
 * Some random words, sung again and again. Nothing but looking back tells what follows from the second round on: what came after
 * this word in the first. In tales so little is repeated word for word that hardly a head learns to.
 */
export function nonsenseSong(seed: number, index: number): string {
  const next = uniformStream(key(seed, index, 1));
  const below = (n: number) => Math.floor(next() * n);
  const length = 4 + below(21);
  const words = Array.from({length}, () => SONG_WORDS[below(SONG_WORDS.length)]!).join(' ');
  return `${Array(Math.round(SONG_LENGTH / length))
    .fill(words)
    .join(' ')}.`;
}

/** One tale or song a line. */
export function trainingText({seed, tales, talesPerSong, songsApart}: TextOptions): string {
  const parts: string[] = [];
  const songs: string[] = [];
  for (let tale = 0; tale < tales; tale++) {
    parts.push(tellStory(seed, tale));
    if ((tale + 1) % talesPerSong !== 0) continue;
    const song = nonsenseSong(seed, tale);
    if (songsApart) songs.push(song);
    else parts.push(`${song}\n`);
  }
  return parts.join('') + songs.join(' ');
}
