import {expect} from '@open-wc/testing';
import {checkpointName, filesSpec} from './spec.js';

const named = (...paths: string[]) =>
  checkpointName(filesSpec(paths.map((path) => ({path, blob: new Blob()}))));

describe('the name of a checkpoint before it is loaded', () => {
  it('is a file’s own, the folder’s where all files lie in one, else the first file’s', () => {
    expect(named('tales.safetensors')).to.equal('tales.safetensors');
    expect(named('gpt2/config.json', 'gpt2/model.safetensors')).to.equal('the folder gpt2 (2 files)');
    expect(named('config.json', 'model.safetensors')).to.equal('config.json and 1 more file');
    expect(named('a/config.json', 'ab/config.json', 'a/b')).to.equal('a/config.json and 2 more files');
  });

  it('is the repository, or the address', () => {
    expect(checkpointName({kind: 'hub', repo: 'owner/name'})).to.equal('owner/name');
    expect(checkpointName({kind: 'url', url: 'https://a.test/b/'})).to.equal('https://a.test/b/');
  });
});
