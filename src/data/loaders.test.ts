import {expect} from '@open-wc/testing';
import {CorpusError, type CorpusSpec, sameCorpus} from './corpus.js';
import {TABLE_DEMANDS} from './labeled/table-demands.js';
import {type LoadProgress, loadCorpus, readTextFile} from './loaders.js';
import {CORPORA, corpusEntry} from './registry.js';
import {MAX_CORPUS_BYTES} from './text.js';
import {tinyTales} from './tiny-tales/index.js';

const TEXT = 'Mia found a red kite by the pond.\nIt was fun.\n';
const file = (...parts: BlobPart[]) => new File(parts, 'tale.txt');

async function failure(run: Promise<unknown>): Promise<CorpusError> {
  const error = await run.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).to.be.instanceOf(CorpusError);
  return error as CorpusError;
}

describe('readTextFile', () => {
  it('reads UTF-8, with or without a byte-order mark', async () => {
    const text = `${TEXT}é 世界 🦕`;
    expect(await readTextFile(file(text))).to.equal(text);
    expect(await readTextFile(file(Uint8Array.of(0xef, 0xbb, 0xbf), text))).to.equal(text);
    expect(await readTextFile(new Blob([text]))).to.equal(text);
  });

  it('reads UTF-16 with a byte-order mark, either way round', async () => {
    const text = `\ufeff${TEXT}é 🦕`;
    for (const littleEndian of [true, false]) {
      const view = new DataView(new ArrayBuffer(text.length * 2));
      for (let i = 0; i < text.length; i++) view.setUint16(i * 2, text.charCodeAt(i), littleEndian);
      expect(await readTextFile(file(view))).to.equal(text.slice(1));
    }
  });

  it('makes every kind of line end a newline', async () => {
    expect(await readTextFile(file('one line\r\nanother\rand one more\n'))).to.equal(
      'one line\nanother\nand one more\n',
    );
  });

  it('refuses an empty file', async () => {
    for (const empty of ['', ' \n\t\n', '\ufeff']) {
      const error = await failure(readTextFile(file(empty)));
      expect(error.code).to.equal('empty');
      expect(error.message).to.contain('tale.txt').and.to.contain('Paste or choose');
    }
  });

  it('refuses what is too short for anything', async () => {
    const error = await failure(readTextFile(file('Hello.')));
    expect(error.code).to.equal('too-short');
    expect(error.message).to.contain('6 characters').and.to.contain('longer text');
  });

  it('refuses a binary file', async () => {
    const png = Uint8Array.of(
      0x89,
      0x50,
      0x4e,
      0x47,
      0x0d,
      0x0a,
      0x1a,
      0x0a,
      0,
      0,
      0,
      0x0d,
      0x49,
      0x48,
      0x44,
      0x52,
    );
    const error = await failure(readTextFile(file(png)));
    expect(error.code).to.equal('binary');
    expect(error.message).to.contain('plain text file');
  });

  it('speaks of a table where a table is to be read, which may be short', async () => {
    const read = (...parts: BlobPart[]) => readTextFile(file(...parts), {demands: TABLE_DEMANDS});
    expect(await read('ham,Hi')).to.equal('ham,Hi');
    expect((await failure(read(' \n'))).message).to.contain('a class and a text in each row');
    expect((await failure(read(new Uint8Array(30)))).message).to.contain('.csv');
  });

  it('refuses an older encoding, and says how to save it', async () => {
    const latin1 = Uint8Array.from(`Käse und Brötchen für ${TEXT}`, (character) => character.charCodeAt(0));
    const error = await failure(readTextFile(file(latin1)));
    expect(error.code).to.equal('binary');
    expect(error.message).to.contain('3 of the').and.to.contain('save it as UTF-8');
  });

  it('takes a long text that was cut within its last character', async () => {
    const long = TEXT.repeat(50);
    expect(await readTextFile(file(long, Uint8Array.of(0xe4, 0xb8)))).to.equal(`${long}\ufffd`);
  });

  it('refuses a huge file before reading it, with both sizes', async () => {
    const error = await failure(readTextFile(file(new Uint8Array(MAX_CORPUS_BYTES + 1))));
    expect(error.code).to.equal('too-large');
    expect(error.message).to.contain('20.1 MB').and.to.contain('at most 20 MB');
  });

  it('tells how far it is', async () => {
    const progress: LoadProgress[] = [];
    const text = TEXT.repeat(10_000);
    await readTextFile(file(text), {onProgress: (p) => progress.push(p)});
    expect(progress.at(-1)).to.deep.equal({done: text.length, total: text.length});
    expect(progress.map((p) => p.done)).to.deep.equal(progress.map((p) => p.done).sort((a, b) => a - b));
  });
});

describe('loadCorpus', () => {
  const serving = (respond: (signal?: AbortSignal | null) => Promise<Response>) => {
    const real = window.fetch;
    window.fetch = (_, init) => respond(init?.signal);
    restore = () => {
      window.fetch = real;
    };
  };
  let restore = () => {};
  afterEach(() => restore());
  const spec: CorpusSpec = {kind: 'url', url: 'https://example.org/texts/tale.txt?raw=1'};

  it('makes tiny-tales with seed and number', async () => {
    const corpus = await loadCorpus({kind: 'tiny-tales', seed: 4, stories: 12});
    expect(corpus.text).to.equal(tinyTales({seed: 4, stories: 12}).text);
    expect(corpus.entropyPerCharacter).to.be.above(0);
  });

  it('takes a paste', async () => {
    expect(await loadCorpus({kind: 'text', text: 'a line of text\r\nand another'})).to.deep.equal({
      name: 'pasted text',
      text: 'a line of text\nand another',
    });
    expect((await failure(loadCorpus({kind: 'text', text: ' '}))).code).to.equal('empty');
    expect((await failure(loadCorpus({kind: 'text', text: `${TEXT}\0`}))).code).to.equal('binary');
  });

  it('really fetches an address', async () => {
    const url = URL.createObjectURL(new Blob([TEXT.replaceAll('\n', '\r\n')]));
    expect((await loadCorpus({kind: 'url', url, name: 'tale'})).text).to.equal(TEXT);
    URL.revokeObjectURL(url);
  });

  it('says so where the address leads nowhere', async () => {
    serving(async () => new Response('Not found', {status: 404}));
    const error = await failure(loadCorpus(spec));
    expect(error.code).to.equal('not-found');
    expect(error.message).to.contain('404').and.to.contain('Check the address');
  });

  it('names it after the file, and tells how far it is', async () => {
    serving(async () => new Response(TEXT, {headers: {'content-length': '10'}}));
    const progress: LoadProgress[] = [];
    const corpus = await loadCorpus(spec, {onProgress: (p) => progress.push(p)});
    expect(corpus).to.deep.equal({name: 'tale.txt', text: TEXT});
    expect(progress.at(-1)).to.deep.equal({done: TEXT.length, total: TEXT.length}); // never done > total
  });

  it('says so where an address cannot be read', async () => {
    serving(() => Promise.reject(new TypeError('Failed to fetch')));
    const error = await failure(loadCorpus(spec));
    expect(error.code).to.equal('not-found');
    expect(error.message).to.contain('drop the file here');
  });

  it('stops reading a response that is too large, announced or not', async () => {
    let canceled = false;
    serving(async () => new Response('x', {headers: {'content-length': String(MAX_CORPUS_BYTES + 1)}}));
    expect((await failure(loadCorpus(spec))).code).to.equal('too-large');
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(new Uint8Array(1_000_000)),
      cancel: () => {
        canceled = true;
      },
    });
    serving(async () => new Response(endless));
    expect((await failure(loadCorpus(spec))).code).to.equal('too-large');
    expect(canceled).to.equal(true);
  });

  it('stops when told to', async () => {
    const controller = new AbortController();
    const endless = new ReadableStream<Uint8Array>({
      pull: async (stream) => {
        await new Promise((resolve) => setTimeout(resolve, 5));
        stream.enqueue(new Uint8Array(10));
      },
    });
    serving(async () => new Response(endless));
    const loading = loadCorpus(spec, {signal: controller.signal, onProgress: () => controller.abort()});
    expect(await loading.catch((error: DOMException) => error.name)).to.equal('AbortError');
    expect(
      await loadCorpus(spec, {signal: controller.signal}).catch((error: DOMException) => error.name),
    ).to.equal('AbortError');
  });
});

describe('CORPORA', () => {
  it('has ids that are found, and addresses that a page may use', () => {
    expect(new Set(CORPORA.map((entry) => entry.id)).size).to.equal(CORPORA.length);
    for (const entry of CORPORA) {
      expect(corpusEntry(entry.id)).to.equal(entry);
      expect(entry.license).to.not.equal('');
      if (entry.spec.kind === 'url') expect(new URL(entry.spec.url).protocol).to.equal('https:');
    }
    expect(corpusEntry('nothing')).to.equal(undefined);
  });
});

describe('sameCorpus', () => {
  it('compares what specs say, not how they came about', () => {
    expect(sameCorpus({kind: 'text', text: TEXT}, {name: undefined, text: `${TEXT}`, kind: 'text'})).to.equal(
      true,
    );
    expect(sameCorpus({kind: 'text', text: TEXT}, {kind: 'text', text: TEXT, name: 'a'})).to.equal(false);
    expect(sameCorpus({kind: 'toy', task: 'add'}, {kind: 'toy', task: 'sort'})).to.equal(false);
    expect(sameCorpus({kind: 'tiny-tales'}, undefined)).to.equal(false);
  });
});
