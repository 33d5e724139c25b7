import {html, type TemplateResult} from 'lit';
import {floorPerToken} from '../../data/prepare.js';
import {decimals} from '../../ui/base/format.js';
import {whole} from '../../ui/base/whole.js';
import type {CorpusLook} from './corpus-look.js';
import type {Figure, Pointed} from './counts.js';

/** Returns what is counted in a text, as far as it is known. */
export function figuresOf({corpus, statistics, tokens, tokenizer}: Partial<CorpusLook> = {}): Figure[] {
  const different = (counts: readonly unknown[] | undefined) => counts && `${whole(counts.length)} different`;
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
      note: tokenizer && `with a vocabulary of ${whole(tokenizer.vocabSize)}`,
    },
    bestLoss({corpus, statistics, tokens}),
  ];
}

function bestLoss({corpus, statistics, tokens}: Partial<CorpusLook>): Figure {
  const term = 'Best possible loss';
  const entropy = corpus?.entropyPerCharacter;
  if (corpus && entropy === undefined) return {term, value: 'unknown', note: 'as for every natural text'};
  const floor =
    entropy !== undefined && statistics && tokens
      ? decimals(floorPerToken(entropy, statistics.characters, tokens.length))
      : undefined;
  return {
    term,
    value: floor,
    note: entropy === undefined ? 'nats per token' : `nats per token: ${decimals(entropy)} per character`,
  };
}

/** Says how frequent the highlighted character or word is. */
export function pointedWords(
  look: CorpusLook | undefined,
  pointed: Pointed | undefined,
): TemplateResult | undefined {
  const statistics = look?.statistics;
  if (!pointed || !statistics) return undefined;
  const isWord = pointed.kind === 'word';
  const counts = isWord ? statistics.wordCounts : statistics.characterCounts;
  const total = isWord ? statistics.words : statistics.characters;
  const n = counts.find(([text]) => text === pointed.text)?.[1];
  if (!n) return undefined;
  return html`<span class="number">${whole(n)}</span> of ${whole(total)} ${pointed.kind}s are this one: one in
    <span class="number">${whole(Math.round(total / n))}</span>.`;
}

/** Says how much of the text a token stands for. */
export function tokenWords({statistics, tokens}: Partial<CorpusLook> = {}): string {
  if (!statistics || !tokens) return '';
  const each = statistics.characters / tokens.length;
  const characters = each === 1 ? '1 character' : `${decimals(each, 2)} characters on average`;
  return `A token stands for ${characters}; every token but the first is predicted once.`;
}
