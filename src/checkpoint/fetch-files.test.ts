import {expect} from '@open-wc/testing';
import type {ByteSource} from './byte-source.js';
import {fetchCheckpoint} from './fetch-files.js';
import {openFolder} from './hugging-face/open-folder.js';
import {GOLDEN_FOLDERS} from './testing/golden-folders.js';
import {rejectionOf} from './testing/rejection.js';

const FOLDER = 'https://models.test/mine';
const sharded = GOLDEN_FOLDERS.find(({files}) => files.has('model.safetensors.index.json'))!.files;
const without = (name: string) => new Map([...sharded].filter(([other]) => other !== name));

/** Answers as a server with these files, while `work` runs; returns what was asked for. */
async function withServer(
  files: ReadonlyMap<string, ByteSource>,
  work: () => Promise<void>,
): Promise<string[]> {
  const {fetch} = globalThis;
  const asked: string[] = [];
  globalThis.fetch = async (input) => {
    const name = String(input).slice(FOLDER.length + 1);
    asked.push(name);
    const source = files.get(name);
    if (!source) return new Response('', {status: 404});
    return new Response(new Uint8Array(await source.read(0, source.size)));
  };
  try {
    await work();
  } finally {
    globalThis.fetch = fetch;
  }
  return asked;
}

const load = () => fetchCheckpoint(FOLDER, () => {});

describe('a folder at an address', () => {
  it('may lie in several files with an index', async () => {
    const asked = await withServer(sharded, async () => {
      const opened = await openFolder(await load());
      let numbers = 0;
      for await (const {data} of opened.weights()) numbers += data?.length ?? 0;
      expect(numbers).to.be.above(0);
    });
    for (const name of sharded.keys()) if (name.endsWith('.safetensors')) expect(asked).to.include(name);
  });

  it('that lacks one of its files is refused', async () => {
    const shard = [...sharded.keys()].find((name) => name.includes('-of-'))!;
    await withServer(without(shard), async () => {
      const {name, message} = await rejectionOf(load);
      expect(name).to.equal('DownloadError');
      expect(message).to.contain(`${FOLDER}/${shard} could not be loaded (HTTP status 404)`);
      expect(message, 'the server has answered').not.to.contain('CORS');
    });
  });

  it('without weights is refused by the name of their file', async () => {
    await withServer(without('model.safetensors.index.json'), async () => {
      expect((await rejectionOf(load)).message).to.contain('mine/model.safetensors could not be loaded');
    });
  });
});
