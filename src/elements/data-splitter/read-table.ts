/** What the element shows: a table, what became of its rows, and how long its texts are in the model's tokens. */
import {type Corpus, type CorpusSpec, corpusName} from '../../data/corpus.js';
import {TABLE_DEMANDS} from '../../data/labeled/table-demands.js';
import type {LabeledData} from '../../data/labeled.js';
import type {LiveModel} from '../../state/live-model.js';
import {
  countTokens,
  type LabeledReading,
  type ReadLabeledSettings,
  readLabeledText,
} from '../../state/text-work.js';
import {GENERATED} from './sources.js';

export interface TableRequest extends ReadLabeledSettings {
  spec: CorpusSpec;
  model: LiveModel | undefined;
  /** Of the model; another model has another. */
  context: number | undefined;
}

export interface TableLook {
  spec: CorpusSpec;
  name: string;
  reading: LabeledReading;
  /** What a classifier can learn from; undefined while it is being counted, or where there is nothing to learn from. */
  data?: LabeledData;
  /** Tokens of each text of `data`; undefined without a model. */
  lengths?: Int32Array;
  /** Texts that were left out because the model has no token for a character of theirs. */
  unreadable?: number;
}

/** Texts from the web are fetched once, and not again for other columns. */
export class TableReader {
  #last?: {url: string; corpus: Promise<Corpus>};

  /**
   * Reads a table in the worker for text, then counts tokens there.
   * @param show Called with the table before its tokens are counted.
   * @throws {CorpusError} {@link EngineError} with a sentence for the reader
   */
  async read(
    {spec, model, context: _, ...settings}: TableRequest,
    signal: AbortSignal,
    show: (look: TableLook) => void,
  ): Promise<TableLook> {
    const {name, text} = await this.#textOf(spec);
    signal.throwIfAborted();
    const reading = await readLabeledText(text, settings, {signal});
    const split = reading.result?.split;
    const look: TableLook = {spec, name, reading};
    if (!split) return look;
    if (!model) return {...look, data: {name, ...split}};
    show(look);
    const {tokenizer} = await model.ready;
    const texts = [...split.train, ...split.validation, ...split.test];
    const lengths = await countTokens(
      texts.map(({text}) => text),
      tokenizer,
      {signal},
    );
    const readable = new Set(texts.filter((_, i) => lengths[i]! > 0));
    const kept = <T>(set: readonly T[]): T[] => set.filter((text) => readable.has(text as never));
    const data: LabeledData = {
      name,
      classes: split.classes,
      train: kept(split.train),
      validation: kept(split.validation),
      test: kept(split.test),
    };
    return {
      ...look,
      data: hasAllClasses(data) ? data : undefined,
      lengths: lengths.filter((length) => length > 0),
      unreadable: texts.length - readable.size,
    };
  }

  async #textOf(spec: CorpusSpec): Promise<Corpus> {
    if (spec === GENERATED) {
      const {spamTable} = await import('../../data/spam-ham/table.js');
      return {name: corpusName(spec), text: await spamTable()};
    }
    const {loadCorpus} = await import('../../data/loaders.js');
    if (spec.kind !== 'url') return loadCorpus(spec, {demands: TABLE_DEMANDS});
    if (this.#last?.url !== spec.url) {
      const last = {url: spec.url, corpus: loadCorpus(spec, {demands: TABLE_DEMANDS})};
      this.#last = last;
      last.corpus.catch(() => {
        if (this.#last === last) this.#last = undefined; // it may answer the next time
      });
    }
    return this.#last.corpus;
  }
}

/** Whether each class can be learned and tested. */
const hasAllClasses = ({classes, train, test}: LabeledData): boolean =>
  classes.every((_, label) => [train, test].every((set) => set.some((text) => text.label === label)));
