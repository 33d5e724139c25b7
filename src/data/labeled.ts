/** Texts with a class each, as plain data. */

/** So many texts are used at most: a finetuning in a page sees fewer. */
export const MOST_TEXTS = 20_000;

export interface LabeledText {
  text: string;
  /** Index of its class. */
  label: number;
}

/** The parts that a classifier is trained and watched on. */
export interface LabeledSets<T extends LabeledText = LabeledText> {
  /** The classes' names, in the order of the labels. */
  classes: readonly string[];
  train: readonly T[];
  validation: readonly T[];
}

/** With the part that it is judged on, once, at the end. */
export interface LabeledSplit<T extends LabeledText = LabeledText> extends LabeledSets<T> {
  test: readonly T[];
}

/** A split with the name that readers see: a file's name, “pasted text”. */
export interface LabeledData extends LabeledSplit {
  name: string;
}

/** What a classifier learns from: generated messages, or given texts. */
export type LabeledSpec =
  | {kind: 'spam-ham'; seed?: number; messages?: number}
  | ({kind: 'texts'; name?: string} & LabeledSets);
