/** A classifier that was exported, taken in the place of the reader's. */
import {filesSpec, type LiveModel} from '../../state/index.js';
import {type Before, bringBack, keep} from '../../ui/model/before.js';
import type {Classifier} from './classifier.js';

/** A classifier that came from a file, and what stood in its place. */
export interface FromFile {
  name: string;
  /** The reader's classifier; undefined: none had been made. */
  before: Before | undefined;
  /** The file that this one came from. */
  earlier: FromFile | undefined;
}

/**
 * Loads a file into the reader's classifier. A file that cannot be read changes nothing.
 * @param ready Returns the reader's classifier, made where there is none yet.
 * @throws {EngineError} as `LiveModel.load`
 */
export async function loadFile(
  file: File,
  classifier: Classifier,
  ready: () => Promise<LiveModel>,
  earlier: FromFile | undefined,
): Promise<FromFile> {
  const own = classifier.model;
  const before = own && (await keep(own));
  try {
    const model = await ready();
    await model.load(filesSpec([{path: file.name, blob: file}]));
  } catch (error) {
    if (!own) classifier.dispose();
    throw error;
  }
  return {name: file.name, before, earlier};
}

/** Brings back what a loaded classifier has replaced. */
export async function undoLoading({before}: FromFile, classifier: Classifier): Promise<void> {
  if (before) await bringBack(before);
  else classifier.dispose();
}

/** Returns the file that was chosen, and lets the same one be chosen again. */
export function chosenFile(event: Event): File | undefined {
  const input = event.target as HTMLInputElement;
  const [file] = input.files ?? [];
  input.value = '';
  return file;
}
