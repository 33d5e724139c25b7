/** The tables that the element offers by name. */
import type {CorpusSpec} from '../../data/corpus.js';
import {TABLE_DEMANDS} from '../../data/labeled/table-demands.js';
import type {CorpusEntry} from '../../data/registry.js';
import type {Source, SourceOptions} from '../../ui/model/corpus-source.js';

/** Stands for a table that is generated when it is first shown. */
export const GENERATED: CorpusSpec = {kind: 'text', text: '', name: 'generated messages'};

export const TABLES: readonly CorpusEntry[] = [
  {
    id: 'messages',
    label: 'Messages, as untidy as real ones',
    description: 'A thousand generated messages, most of them ham, with copies and broken rows.',
    source: 'Generated in the page by this library.',
    license: 'MIT',
    spec: GENERATED,
  },
  {
    id: 'sms-spam-collection',
    label: 'SMS Spam Collection',
    description: '5,574 text messages in English, 747 of them spam.',
    source:
      'Almeida, Gómez Hidalgo and Yamakami, 2011; the file as distributed with justmarkham/pycon-2016-tutorial on GitHub.',
    license: 'CC BY 4.0',
    spec: {
      kind: 'url',
      url: 'https://raw.githubusercontent.com/justmarkham/pycon-2016-tutorial/master/data/sms.tsv',
      name: 'SMS Spam Collection',
    },
    bytes: 477_907,
  },
];

export const TABLE_FORM: SourceOptions = {
  demands: TABLE_DEMANDS,
  words: {
    'Built-in text': 'Built-in table',
    Text: 'Table',
    'Text to learn from': 'Table with a class and a text in each row',
    'Text file (or drop one here)': 'Table as TSV or CSV (or drop one here)',
    'Web address of a text': 'Web address of a table',
  },
};

/** What is missing where nothing is chosen. */
export const MISSING: Readonly<Record<Source, string>> = {
  entry: 'No table is chosen.',
  paste: 'The field is empty. Paste a table with a class and a text in each row.',
  file: 'No table was read from a file yet. Choose a file, or drop it here.',
  url: 'No address is given. Type one, and press Enter.',
};
