/** What the padded batch shows, in sentences. */
import {argMax} from '../../math/largest.js';
import type {ReadAt} from '../../state/index.js';
import {decimals, number} from '../../ui/base/format.js';
import type {PaddedData, PaddedRow, Reading} from './padded-rows.js';

/** Returns what the head finds in a row that is padded, or cut, to a length. */
export const readingOf = ({tokens, readings}: PaddedRow, length: number, readAt: ReadAt): Reading =>
  readings[(readAt === 'last-token' ? Math.min(tokens.length, length) : length) - 1]!;

/** “spam 0.98”, or how like the vector is to that of the last token. */
export function verdictWords({probs, similarity}: Reading, classes: readonly string[] | undefined): string {
  if (!probs) return decimals(similarity!, 2);
  const called = argMax(probs);
  return `${classes?.[called] ?? called} ${decimals(probs[called]!, 2)}`;
}

/** A vector that is less like that of the last token is another one. */
const ALIKE = 0.995;

/** Whether a place to read gives what the message has without padding: the same class, or the same vector. */
export function isRight(row: PaddedRow, length: number, readAt: ReadAt): boolean {
  const whole = row.readings[row.tokens.length - 1]!;
  const {probs, similarity = 1} = readingOf(row, length, readAt);
  return probs ? argMax(probs) === argMax(whole.probs!) : similarity >= ALIKE;
}

/** What the reader should know about the messages: some are not shown, or lose their end. */
export function notShownWords({rows, messages, context}: PaddedData): string | undefined {
  const words: string[] = [];
  if (rows.length < messages) words.push(`${rows.length} of ${messages} messages are shown.`);
  const long = rows.flatMap(({cut}, r) => (cut > 0 ? [{number: r + 1, cut}] : []));
  const [first] = long;
  if (first)
    words.push(
      long.length === 1
        ? `Message ${first.number} has ${context + first.cut} tokens; the model reads ${context}, so its last ${first.cut === 1 ? 'token is' : `${first.cut} tokens are`} cut off.`
        : `${long.length} messages have more than the ${context} tokens that the model reads, and lose their end: ${long.map(({number, cut}) => `message ${number} its last ${cut}`).join(', ')}.`,
    );
  return words.join(' ') || undefined;
}

/** Returns the padded lengths at which a row gets another class than without padding. */
export function flips({tokens, readings}: PaddedRow): number[] {
  const [whole, ...padded] = readings.slice(tokens.length - 1);
  return padded.flatMap(({probs}, more) =>
    probs && argMax(probs) !== argMax(whole!.probs!) ? [tokens.length + 1 + more] : [],
  );
}

const stepsInWords = (steps: number): string =>
  `${steps.toLocaleString('en')} training ${steps === 1 ? 'step' : 'steps'}`;

/** What the choice of a position means for the answers. */
export function paddingWords(data: PaddedData, readAt: ReadAt, length: number): string {
  const words = wordsOf(data, readAt, length);
  return data.recordedSteps === undefined
    ? words
    : `${words} These answers are recorded: of a spam filter after ${stepsInWords(data.recordedSteps)}.`;
}

function wordsOf(data: PaddedData, readAt: ReadAt, length: number): string {
  const {rows, classes, drift = 0, context} = data;
  if (rows.some(({tokens}) => tokens.length > length))
    return `A row of ${length} ${length === 1 ? 'token' : 'tokens'} cuts longer messages. The head reads the last token that is left, and its answer changes with what is lost.`;
  if (readAt === 'last-token')
    return `The head reads each message’s last token, which cannot see the padding behind it. So a message has the same answer at every length${
      classes
        ? `: padded to ${context}, no probability differs by more than ${number(Math.max(drift, 1e-12), 2)}`
        : ''
    }.`;
  if (!classes)
    return 'At the row’s end the classifier reads whatever stands there. The numbers say how much the vector has in common with the one without padding (1 is all): at the message’s end everything, at the row’s end another share at each length.';
  const wrong = rows.filter((row) => !isRight(row, length, 'last-position'));
  const [first] = wrong;
  if (!first)
    return rows.some((row) => flips(row).length > 0)
      ? `Padded to ${length} tokens, no answer flips at the row’s end. At other lengths it does: move the slider.`
      : 'The probabilities at the row’s end change with the length, but with this classifier no answer flips.';
  const padding = length - first.tokens.length;
  const [own, late] = (['last-token', 'last-position'] as const).map((place) =>
    verdictWords(readingOf(first, length, place), classes),
  );
  return `Message ${rows.indexOf(first) + 1} is ${own} where it ends, and ${late} after ${padding} ${padding === 1 ? 'token' : 'tokens'} of padding: the same message, a different answer. So ${wrong.length} of ${rows.length} messages ${wrong.length === 1 ? 'is' : 'are'} misread at the row’s end (✗).`;
}
