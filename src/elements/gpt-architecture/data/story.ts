/** What happens between the text and the prediction, in a few sentences with the model’s own numbers. */
import {visibleToken} from '../../../ui/base/format.js';
import {type ArchitectureData, streamPoints} from './architecture-data.js';
import {followedGuesses, largestStep} from './forming.js';
import {oncePerData} from './per-data.js';
import {share} from './share.js';

/** A smaller fall is not worth a sentence. */
const NOTABLE_FALL = 0.05;

export const story = (data: ArchitectureData, chosen: number): string => stories(data, `${chosen}`);

const stories = oncePerData((data: ArchitectureData, key): string => {
  const [first] = followedGuesses(data, Number(key));
  const last = first?.shares.at(-1);
  if (!first || last === undefined) return '';
  const part = (point: number): string => {
    const [, layer, place] = streamPoints(data.config)[point]!.split('.');
    return `${place === 'resid_mid' ? 'attention' : 'MLP'} of block ${Number(layer) + 1}`;
  };
  const [rise, fall] = [largestStep(first, 1), largestStep(first, -1)];
  const sentences = [`In the end, it has ${share(last)}.`];
  if (fall && fall.from - fall.to >= NOTABLE_FALL)
    sentences.unshift(
      `The ${part(fall.point)} takes it from ${share(fall.from)} down to ${share(fall.to)}, in favor of others.`,
    );
  const guess = visibleToken(first.token);
  if (!rise || share(rise.from) === share(rise.to)) return `In the end, ${guess} has ${share(last)}.`;
  return [
    `The guess ${guess} rises most with the ${part(rise.point)}: from ${share(rise.from)} to ${share(rise.to)}.`,
    ...sentences,
  ].join(' ');
});
