/** What happens between the text and the prediction, in a few sentences with the model’s own numbers. */
import {visibleToken} from '../../../ui/base/format.js';
import {type ArchitectureData, streamPoints} from './architecture-data.js';
import {followedGuesses, largestRise} from './forming.js';
import {oncePerData} from './per-data.js';
import {share} from './share.js';

export const story = (data: ArchitectureData, chosen: number): string => stories(data, `${chosen}`);

const stories = oncePerData((data: ArchitectureData, key): string => {
  const [first] = followedGuesses(data, Number(key));
  const last = first?.shares.at(-1);
  if (!first || last === undefined) return '';
  const guess = visibleToken(first.token);
  const rise = largestRise(first);
  const end = `In the end, ${guess} has ${share(last)}.`;
  if (!rise || share(rise.from) === share(rise.to)) return end;
  const [, layer, place] = streamPoints(data.config)[rise.point]!.split('.');
  return `The ${place === 'resid_mid' ? 'attention' : 'MLP'} of block ${Number(layer) + 1} adds most to the guess ${guess}: ${share(rise.from)} before it, ${share(rise.to)} after. ${end}`;
});
