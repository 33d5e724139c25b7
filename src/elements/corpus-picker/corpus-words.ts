import {html, type TemplateResult} from 'lit';
import {floorPerToken} from '../../data/prepare.js';
import {decimals} from '../../ui/base/format.js';
import type {CorpusLook} from './corpus-look.js';
import type {Figure, Pointed} from './counts.js';

type Look = Pick<CorpusLook, 'corpus' | 'statistics' | 'tokens' | 'tokenizer'>;

const whole = (value: number): string => value.toLocaleString('en');

/** What can be counted in a text, as far as it is known. */
export function figuresOf({corpus, statistics, tokens, tokenizer}: Look): Figure[] {
  const different = (counts: readonly unknown[] | undefined) =>
    counts && `${whole(counts.length)} different ones`;
  return [
    {
      term: 'Characters',
      value: statistics?.characters,
      note: different(statistics?.characterCounts),
    },
    {term: 'Words', value: statistics?.words, note: different(statistics?.wordCounts)},
    {term: 'Lines', value: statistics?.lines},
    {
      term: 'Tokens',
      value: tokens?.length,
      note: tokenizer && `of a vocabulary of ${whole(tokenizer.vocabSize)}`,
    },
    bestLoss({corpus, statistics, tokens}),
  ];
}

function bestLoss({corpus, statistics, tokens}: Look): Figure {
  const term = 'Best possible loss';
  const entropy = corpus?.entropyPerCharacter;
  if (corpus && entropy === undefined) return {term, value: 'unknown', note: 'as of every natural text'};
  const floor =
    entropy !== undefined && statistics && tokens
      ? decimals(floorPerToken(entropy, statistics.characters, tokens.length))
      : undefined;
  return {term, value: floor, note: 'nats a token'};
}

/** How frequent it is what the reader points at. */
export function pointedWords({statistics}: Look, pointed: Pointed | undefined): TemplateResult | undefined {
  if (!pointed || !statistics) return undefined;
  const isWord = pointed.kind === 'word';
  const counts = isWord ? statistics.wordCounts : statistics.characterCounts;
  const total = isWord ? statistics.words : statistics.characters;
  const n = counts.find(([text]) => text === pointed.text)?.[1];
  if (!n) return undefined;
  return html`Of ${whole(total)} ${pointed.kind}s <span class="number">${whole(n)}</span> are this one: one in
    <span class="number">${whole(Math.round(total / n))}</span>.`;
}

/** What a token stands for in this text. */
export function tokenWords({statistics, tokens}: Look): string {
  if (!statistics || !tokens) return '';
  const each = statistics.characters / tokens.length;
  const characters = each === 1 ? '1 character' : `${decimals(each, 2)} characters on average`;
  return `A token stands for ${characters}; every token but the first is once the answer to “what comes next?”.`;
}
