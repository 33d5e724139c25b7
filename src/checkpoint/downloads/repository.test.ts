import {expect} from '@open-wc/testing';
import {type ByteSource, bytesSource} from '../byte-source.js';
import {openCheckpoint} from '../open-checkpoint.js';
import {FAKE_HUB, type HubFaults, withFakeHub} from '../testing/fake-hub.js';
import {GOLDEN_FOLDERS} from '../testing/golden-folders.js';
import {rejectionOf} from '../testing/rejection.js';
import {ask} from './hub.js';
import {downloadRepository} from './repository.js';
import {Sha256} from './sha256.js';
import {downloadKey, freeDownload, HUB, keptDownloads, PART_BYTES} from './store.js';

const GOLDEN = GOLDEN_FOLDERS.find(({name}) => name.includes('tokenizer'))!.files;
const json = (value: unknown) => bytesSource(new TextEncoder().encode(JSON.stringify(value)));
/** Of two parts and a bit; its numbers are never read. */
const LARGE_BYTES = 2 * PART_BYTES + 1000;
const LARGE = new Map<string, ByteSource>([
  ['config.json', json({model_type: 'gpt2'})],
  ['model.safetensors', bytesSource(Uint8Array.from({length: LARGE_BYTES}, (_, i) => i % 251))],
]);

describe('a download of a repository', () => {
  let repository = {base: FAKE_HUB, repo: 'a/b', revision: 'main'};
  beforeEach(() => {
    repository = {...repository, repo: `test/${crypto.randomUUID()}`};
  });
  afterEach(() => freeDownload(downloadKey(repository)));
  const kept = async () => (await keptDownloads()).find(({repo}) => repo === repository.repo);
  const download = (signal?: AbortSignal) => downloadRepository(repository, {signal});

  it('gives the files of a model, keeps them, and asks for nothing the second time', async () => {
    const asked = await withFakeHub(GOLDEN, {}, async () => {
      const {config, tokenizer} = await openCheckpoint(await download());
      expect([config.vocabSize, tokenizer.vocabSize]).to.deep.equal([290, 290]);
      expect(tokenizer.token(289)).to.equal('<|unused 289|>');
      expect(await kept()).to.include({complete: true});
      expect((await download()).size).to.equal(3);
    });
    expect(asked.toSorted()).to.deep.equal(['config.json', 'model.safetensors', 'tokenizer.json']);
  });

  it('goes on where it was aborted, as after a reload', async () => {
    const abort = new AbortController();
    const asked = await withFakeHub(LARGE, {}, async () => {
      const onProgress = (_: string, done: number) => done > PART_BYTES && abort.abort();
      const stopped = () => downloadRepository(repository, {signal: abort.signal, onProgress});
      expect((await rejectionOf(stopped)).name).to.equal('AbortError');
      const {kept: bytes, total, complete} = (await kept())!;
      expect(complete).to.equal(false);
      expect(bytes).to.be.within(PART_BYTES, total - 1);
      const source = (await download()).get('model.safetensors')!;
      expect(source.size).to.equal(LARGE_BYTES);
      const [begin, end] = [PART_BYTES - 2, PART_BYTES + 2];
      expect([...(await source.read(begin, end))]).to.deep.equal(
        Array.from({length: 4}, (_, i) => (begin + i) % 251),
      );
    });
    expect(asked.at(-1)).to.match(/^model.safetensors bytes=\d+-$/);
  });

  it('is deleted wholly while a page looks at what is kept', async () => {
    const storage = await navigator.storage.getDirectory();
    const names = async () => {
      const found: string[] = [];
      for await (const name of (await storage.getDirectoryHandle('gpt-elements-downloads')).keys())
        found.push(name);
      return found;
    };
    await withFakeHub(GOLDEN, {}, async () => {
      for (let time = 0; time < 8; time++) {
        await download();
        let isDeleted = false;
        const looks = Array.from({length: 8}, async () => {
          while (!isDeleted) await keptDownloads();
        });
        await keptDownloads();
        await freeDownload(downloadKey(repository));
        isDeleted = true;
        await Promise.all(looks);
        expect(await names()).not.to.include(downloadKey(repository));
      }
    });
  });

  it('takes up a connection that is cut again and again', async () => {
    const asked = await withFakeHub(LARGE, {cutAfter: PART_BYTES + 7}, async () => {
      expect((await download()).get('model.safetensors')!.size).to.equal(LARGE_BYTES);
    });
    expect(asked.slice(1)).to.deep.equal([
      'model.safetensors',
      `model.safetensors bytes=${PART_BYTES}-`,
      `model.safetensors bytes=${2 * PART_BYTES}-`,
    ]);
  });

  it('goes on where the server cannot be reached for a moment, once it has answered', async () => {
    const faults = {cutAfter: PART_BYTES + 7, unreachableAt: [2, 4]};
    const asked = await withFakeHub(LARGE, faults, async () => {
      expect((await download()).get('model.safetensors')!.size).to.equal(LARGE_BYTES);
    });
    const [second, third] = [1, 2].map((part) => `model.safetensors bytes=${part * PART_BYTES}-`);
    expect(asked.slice(1)).to.deep.equal(['model.safetensors', second, second, third, third]);
    await withFakeHub(LARGE, {unreachableAt: [0]}, async () => {
      await freeDownload(downloadKey(repository));
      expect((await rejectionOf(download)).message).to.match(/could not be reached .*CORS/);
    });
  });

  it('speaks of a server of one’s own only where the hub is not Hugging Face', async () => {
    const {fetch} = globalThis;
    globalThis.fetch = () => Promise.reject(new TypeError('Failed to fetch'));
    try {
      const {message} = await rejectionOf(() =>
        ask(`${HUB}/a/b`, {base: HUB, repo: 'a/b', revision: 'main'}),
      );
      expect(message).to.contain(`${new URL(HUB).host} could not be reached (Failed to fetch).`);
      expect(message).not.to.contain('CORS');
    } finally {
      globalThis.fetch = fetch;
    }
  });

  it('starts again with a file that changed on the server meanwhile', async () => {
    const faults = {cutAfter: 2 * PART_BYTES, etags: ['"config"', '"one"', '"two"']};
    const asked = await withFakeHub(LARGE, faults, async () => {
      expect((await download()).get('model.safetensors')!.size).to.equal(LARGE_BYTES);
    });
    const rest = `model.safetensors bytes=${2 * PART_BYTES}-`;
    expect(asked.slice(1)).to.deep.equal(['model.safetensors', rest, 'model.safetensors', rest]);
  });

  it('starts again with a server that knows no ranges', async () => {
    await withFakeHub(LARGE, {cutAfter: PART_BYTES + 7}, async () => {
      const abort = new AbortController();
      const onProgress = (_: string, done: number) => done > PART_BYTES && abort.abort();
      await rejectionOf(() => downloadRepository(repository, {signal: abort.signal, onProgress}));
    });
    await withFakeHub(LARGE, {ignoresRanges: true}, async () => {
      const source = (await download()).get('model.safetensors')!;
      expect((await source.read(PART_BYTES, PART_BYTES + 1))[0]).to.equal(PART_BYTES % 251);
    });
  });

  const faults: [name: string, faults: HubFaults, files: Map<string, ByteSource>, message: RegExp][] = [
    ['a private repository', {status: 401}, GOLDEN, /hub.test does not give.*private/],
    ['no such repository', {status: 404}, GOLDEN, /hub.test has no “test.*Check the name/],
    ['a server in trouble', {status: 503}, GOLDEN, /HTTP status 503. Try again later/],
    ['a page in place of the list', {page: '<html>'}, GOLDEN, /not a list of files/],
    ['a connection that brings nothing', {cutAfter: 3}, LARGE, /stopped again and again.*continue the download/],
    ['a wrong checksum', {wrongHash: 'model.safetensors'}, GOLDEN, /arrived damaged.*download it again/],
    ['weights as a pickle', {}, new Map([['pytorch_model.bin', json(1)]]), /PyTorch file.*safe_serialization/],
    ['no model', {}, new Map([['README.md', json(1)]]), /no config.json and model.safetensors/],
  ]; // biome-ignore format: one a line
  for (const [name, fault, files, message] of faults)
    it(`says what to do about ${name}`, () =>
      withFakeHub(files, fault, async () => {
        const error = await rejectionOf(() => download());
        expect(error.name).to.equal('DownloadError');
        expect(error.message).to.match(message);
      }).then(() => {}));

  it('says how much is missing where the browser has too little room, and asks for no weights', async () => {
    const {storage} = navigator;
    const {estimate} = storage;
    storage.estimate = async () => ({quota: 3e6, usage: 1e6});
    try {
      const asked = await withFakeHub(LARGE, {}, async () => {
        const error = await rejectionOf(() => download());
        expect(error.name).to.equal('StorageError');
        expect(error.message).to.match(/^17 MB are missing .* room for 2 MB\. Free a stored model/);
      });
      expect(asked).to.deep.equal([]);
    } finally {
      storage.estimate = estimate;
    }
  });

  it('says what to do where another tab is writing the download that is to be deleted', async () => {
    const key = downloadKey(repository);
    const root = await (await navigator.storage.getDirectory()).getDirectoryHandle('gpt-elements-downloads', {
      create: true,
    });
    const folder = await root.getDirectoryHandle(key, {create: true});
    const writer = await (await folder.getFileHandle('0', {create: true})).createWritable();
    expect((await rejectionOf(() => freeDownload(key))).message).to.equal(
      'Another tab is downloading this model, so it cannot be deleted now. Cancel the download there, or wait until it is done, and delete it then.',
    );
    await writer.close();
    await freeDownload(key);
    expect((await keptDownloads()).map((kept) => kept.key)).not.to.include(key);
  });

  it('refuses a model before its weights are downloaded', async () => {
    const asked = await withFakeHub(GOLDEN, {}, async () => {
      const checkConfig = async () => {
        throw new Error('too large');
      };
      expect((await rejectionOf(() => downloadRepository(repository, {checkConfig}))).message).to.equal(
        'too large',
      );
    });
    expect(asked).not.to.include('model.safetensors');
  });
});

describe('SHA-256 in parts', () => {
  it('equals that of the platform, however the bytes are cut', async () => {
    const bytes = Uint8Array.from({length: 1000}, (_, i) => (i * 7) % 256);
    for (const length of [0, 1, 55, 56, 63, 64, 65, 119, 120, 1000]) {
      const hash = await crypto.subtle.digest('SHA-256', bytes.slice(0, length));
      const expected = Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, '0')).join(
        '',
      );
      for (const step of [1, 17, 64, 1000]) {
        const sha = new Sha256();
        for (let at = 0; at < length; at += step) sha.update(bytes.slice(at, Math.min(length, at + step)));
        expect(sha.digest(), `${length} in ${step}`).to.equal(expected);
      }
    }
  });
});
