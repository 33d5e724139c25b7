/** What happens between the text and the prediction, in a few sentences with the model’s own numbers. */
import {visibleToken} from '../../../ui/base/format.js';
import {type ArchitectureData, headRow, streamPoints} from './architecture-data.js';
import {followedGuesses, largestRise} from './forming.js';
import {oncePerData} from './per-data.js';
import {share} from './share.js';

export const story = (data: ArchitectureData, chosen: number): string => stories(data, `${chosen}`);

const stories = oncePerData((data: ArchitectureData, key): string => {
  const chosen = Number(key);
  return [reading(data, chosen), rising(data, chosen)].filter(Boolean).join(' ');
});

/** Which head looks back most decidedly at a word. */
function reading(data: ArchitectureData, chosen: number): string {
  const {config, tokens, off} = data;
  let best = {weight: 0, layer: 0, head: 0, token: 0};
  for (let layer = 0; layer < config.nLayers; layer++)
    for (let head = 0; head < config.nHeads; head++) {
      if (off.includes(`h.${layer}.attn.${head}`)) continue;
      const row = headRow(data, layer, head, chosen);
      for (let token = 0; token < chosen; token++)
        if (row[token]! > best.weight && /\p{L}/u.test(tokens[token]!))
          best = {weight: row[token]!, layer, head, token};
    }
  const own = visibleToken(tokens[chosen]!);
  return best.weight > 0
    ? `${own} reads earlier tokens: head ${best.head + 1} of block ${best.layer + 1} takes ${share(best.weight)} from ${visibleToken(tokens[best.token]!)}.`
    : '';
}

/** What made the guess. */
function rising(data: ArchitectureData, chosen: number): string {
  const [first] = followedGuesses(data, chosen);
  const last = first?.shares.at(-1);
  if (!first || last === undefined) return '';
  const guess = visibleToken(first.token);
  const rise = largestRise(first);
  const end = `In the end, ${guess} has ${share(last)}.`;
  if (!rise) return end;
  const [, layer, place] = streamPoints(data.config)[rise.point]!.split('.');
  return `The ${place === 'resid_mid' ? 'attention' : 'MLP'} of block ${Number(layer) + 1} adds most to the guess ${guess}: ${share(rise.from)} before it, ${share(rise.to)} after. ${end}`;
}
