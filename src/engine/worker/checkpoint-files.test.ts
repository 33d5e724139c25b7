import {expect} from '@open-wc/testing';
import {type ByteSource, bytesSource} from '../../checkpoint/byte-source.js';
import {FAKE_HUB, withFakeHub} from '../../checkpoint/testing/fake-hub.js';
import {GOLDEN_FOLDERS} from '../../checkpoint/testing/golden-folders.js';
import type {CheckpointSpec} from '../protocol.js';
import {openCheckpointSpec} from './checkpoint-files.js';

const {files} = GOLDEN_FOLDERS.find(({name}) => name.includes('tokenizer'))!;
const broken = new Map(files).set('config.json', bytesSource(new TextEncoder().encode('{')));

/** What a reader is told where a folder with a broken file comes from there. */
async function messageOf(spec: CheckpointSpec, folder: ReadonlyMap<string, ByteSource>): Promise<string> {
  let message = '';
  await withFakeHub(folder, {}, async () => {
    const opening = openCheckpointSpec(spec, {progress: () => {}});
    message = await opening.then(
      () => 'opened',
      (error: Error) => error.message,
    );
  });
  return message;
}

async function asFiles(folder: ReadonlyMap<string, ByteSource>): Promise<CheckpointSpec> {
  const blobs = [...folder].map(async ([path, source]) => ({
    path,
    blob: new Blob([new Uint8Array(await source.read(0, source.size))]),
  }));
  return {kind: 'files', id: 'test', files: await Promise.all(blobs)};
}

describe('advice about a model that cannot be opened', () => {
  const problem = 'This config.json is not valid JSON: it was cut short or changed.';

  it('tells a reader who chose the files to get the file again', async () => {
    expect(await messageOf(await asFiles(broken), broken)).to.equal(
      `${problem} Get the file again from where the model comes from.`,
    );
  });

  it('speaks of the address, and of no file that could be chosen, where an address was given', async () => {
    expect(await messageOf({kind: 'url', url: `${FAKE_HUB}/folder/`}, broken)).to.equal(
      `${problem} Correct the files at that address, or load from another one.`,
    );
  });

  it('speaks of the repository where one was named', async () => {
    const repo = `test/${crypto.randomUUID()}`;
    const truncated = new Map(files).set('tokenizer.json', bytesSource(new TextEncoder().encode('{')));
    const message = await messageOf({kind: 'hub', repo, base: FAKE_HUB}, truncated);
    expect(message).to.match(
      /^This tokenizer.json is not valid JSON: it was cut short or changed. What was downloaded was deleted;/,
    );
    expect(message).to.contain('choose another repository.').and.not.contain('Get the file again');
  });

  it('speaks of the repository also where its weights turn out wrong only as they are read', async () => {
    const repo = `test/${crypto.randomUUID()}`;
    const source = files.get('config.json')!;
    const config = JSON.parse(new TextDecoder().decode(await source.read(0, source.size)));
    const json = JSON.stringify({...config, qkv_bias: false}); // its file has such biases
    const wrong = new Map(files).set('config.json', bytesSource(new TextEncoder().encode(json)));
    let message = '';
    await withFakeHub(wrong, {}, async () => {
      const opened = await openCheckpointSpec({kind: 'hub', repo, base: FAKE_HUB}, {progress: () => {}});
      const read = async () => {
        for await (const _ of opened.slices());
      };
      message = await read().then(
        () => 'read',
        (error: Error) => error.message,
      );
    });
    expect(message).to.contain('holds a bias').and.to.contain('choose another repository.');
    expect(message).not.to.contain('Remove "qkv_bias"');
  });
});
