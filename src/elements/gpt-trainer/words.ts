/** What the trainer says about numbers. */
import {perplexity} from '../../math/stats.js';
import {decimals, percent} from '../../ui/base/format.js';
import {whole} from '../../ui/base/whole.js';

/** Seconds as a reader says them, coarse enough to stand still while the estimate wavers. */
export function timeLeft(seconds: number): string {
  if (!Number.isFinite(seconds)) return '';
  if (seconds < 5) return 'a few seconds left';
  if (seconds < 55) return `about ${5 * Math.ceil(seconds / 5)} seconds left`;
  if (seconds < 90) return 'about a minute left';
  if (seconds < 5400) return `about ${Math.round(seconds / 60)} minutes left`;
  return `about ${Math.round(seconds / 1800) / 2} hours left`;
}

/** Three significant digits, so that a speed does not flicker: 21,437 → “21,400”. */
export const speed = (tokensPerSecond: number): string =>
  whole(Math.round(Number(tokensPerSecond.toPrecision(3))));

/** A learning rate as it is written: “0.004”, “0.00015”. */
export const rate = (value: number): string => String(Number(value.toPrecision(2)));

/** A moment in the past: “today at 14:05”, “on 3 May at 14:05”. */
export function when(time: number, now = new Date()): string {
  const then = new Date(time);
  const clock = then.toLocaleTimeString('en-GB', {hour: '2-digit', minute: '2-digit'});
  if (then.toDateString() === now.toDateString()) return `today at ${clock}`;
  return `on ${then.toLocaleDateString('en-GB', {day: 'numeric', month: 'long'})} at ${clock}`;
}

/** Cross-entropy of a guess among V equally likely tokens, in nats. */
export const guessing = (vocabSize: number): number => Math.log(vocabSize);

/** What the unit of a loss means, by three of its values. */
export const natsInWords = (vocabSize: number, token: string): string =>
  `Loss is surprise, in nats for each ${token}: 0 is certainty, ${decimals(Math.LN2, 2)} a coin toss, ${decimals(guessing(vocabSize), 2)} a guess among all ${whole(vocabSize)}.`;

/** How much of the way from guessing to `best` a loss has come: 0 … 1, below 0 where it is worse than guessing. */
export const shareOfWay = (loss: number, vocabSize: number, best: number): number =>
  (guessing(vocabSize) - loss) / (guessing(vocabSize) - best);

/** The state of learning in one sentence. `best` is the floor, or undefined where the text's source is unknown. */
export function learning(loss: number, vocabSize: number, best?: number): string {
  const unsure = `as unsure as if it chose among ${decimals(perplexity(loss), 1)} equally likely tokens`;
  if (best === undefined)
    return `On text it has not seen the model is ${unsure}; at first it was ${vocabSize}.`;
  const share = shareOfWay(loss, vocabSize, best);
  if (share < 0.01)
    return `So far it guesses: every one of ${vocabSize} tokens is about equally likely to it.`;
  return `It has come ${percent(Math.min(1, share))} of the way from guessing to the best that any model can do on this text; it is ${unsure}.`;
}
