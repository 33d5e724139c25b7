/** What the element tells its views, all of them. */
import type {LiveModel, Tune} from '../../state/index.js';
import type {Theme} from '../../viz/theme.js';
import type {Attribution} from './attribution.js';
import type {Start} from './classifier.js';
import type {HeadReading, NextTokens} from './head.js';
import type {Messages} from './messages.js';
import type {CurvePoint, RecordedRun} from './recorded.js';

/** What the buttons do. */
export interface Actions {
  train(): void;
  pause(): void;
  resume(): void;
  /** Takes the saved run up again, also after a reload. */
  restore(): void;
  /** Undoes the training. */
  undo(): void;
  /** Takes an exported classifier from the file that was chosen. */
  load(event: Event): void;
  /** Brings back what a loaded classifier has replaced. */
  unload(): void;
  score(): void;
  exportModel(): void;
}

/** What a view may change of the element's properties. */
export interface Changes {
  start?: Start;
  tune?: Tune;
  text?: string;
  label?: number;
  threshold?: number;
  allErrors?: boolean;
}

/** What a classifier makes of messages, as far as it was asked. */
export interface Reading {
  /** Of the reader's message. */
  attribution?: Attribution;
  /** What is wrong with the reader's message. */
  problem: string;
  /** Of `PAIR`. */
  pair?: readonly Attribution[];
  /** Of a message's last vector. */
  head?: HeadReading;
  /** What the base would write after the same message. */
  next?: NextTokens;
}

export interface BodyProps {
  /** The model of the page. */
  base: LiveModel | undefined;
  /** The reader's classifier; undefined: none was made. */
  model: LiveModel | undefined;
  messages: Messages;
  /** What the reader's classifier makes of messages. */
  readings: Reading;
  /** The run that is shown until the reader trains. */
  recorded: RecordedRun | undefined;
  evals: readonly CurvePoint[];
  /** Of the whole run. */
  steps: number;
  /** On the test set, [texts][K], once it was scored. */
  probs: readonly (readonly number[])[] | undefined;
  start: Start;
  tune: Tune;
  /** The reader's message. */
  text: string;
  /** The step from which a saved run can continue. */
  saved: number | undefined;
  /** The name of the file that the classifier came from. */
  file: string | undefined;
  /** Whether it learns from texts of the page or the reader. */
  hasOwnData: boolean;
  isFinished: boolean;
  isUntrained: boolean;
  problem: string | undefined;
  withoutControls: boolean;
  chartWidth: number;
  theme: Theme;
  /** The class that the threshold asks for, the threshold, and whether all wrong messages are listed. */
  report: {label: number; threshold: number; allErrors: boolean};
  change(changes: Changes): void;
  on: Actions;
}
