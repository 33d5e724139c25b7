import {expect} from '@open-wc/testing';
import {WeightsError} from '../../model/parameters.js';
import {largestDifference} from '../../model/testing/golden.js';
import {TokenizerSpecError} from '../../tokenizers/tokenizer.js';
import {type ByteSource, bytesSource, SourceError} from '../byte-source.js';
import {SafetensorsError} from '../safetensors-header.js';
import {GOLDEN_FOLDERS, weightsOf} from '../testing/golden-folders.js';
import {logitsOf} from '../testing/logits.js';
import {rejectionOf} from '../testing/rejection.js';
import {HuggingFaceError} from './error.js';
import {openFolder} from './open-folder.js';

const folderNamed = (part: string) => GOLDEN_FOLDERS.find(({name}) => name.includes(part))!;
const text = (content: string) => bytesSource(new TextEncoder().encode(content));
const tied = folderNamed('tied, float32').files;
const without = (files: ReadonlyMap<string, ByteSource>, name: string) =>
  new Map([...files].filter(([other]) => other !== name));

describe('a folder that transformers wrote', () => {
  for (const {name, files, ids, logits} of GOLDEN_FOLDERS)
    it(`loads with the logits of PyTorch (${name})`, async () => {
      const folder = await openFolder(files);
      const computed = await logitsOf(folder.config, await weightsOf(folder), ids);
      expect(largestDifference(computed, logits)).to.be.below(1e-4);
    });

  it('loads with its tokenizer, which may have fewer tokens than the model has rows', async () => {
    const {files, texts, textIds} = folderNamed('tokenizer');
    const {tokenizer, config} = await openFolder(files);
    expect([tokenizer!.vocabSize, config.vocabSize]).to.deep.equal([276, 290]);
    for (const [i, text] of texts!.entries())
      expect(tokenizer!.encode(text, {allowedSpecial: 'all'})).to.deep.equal(textIds![i]);
  });

  it('says what is done otherwise', async () => {
    const {notes} = await openFolder(folderNamed('untied, float32').files);
    expect(notes).to.have.length(1);
    expect((await openFolder(tied)).notes).to.deep.equal([]);
  });
});

describe('openFolder', () => {
  it('finds the model in a folder, and ignores files beside and below it', async () => {
    const nested = new Map<string, ByteSource>([['notes.txt', text('')], ['backup/old/config.json', text('{')]]); // biome-ignore format: pairs
    for (const [name, source] of tied) nested.set(`models/${name}`, source);
    expect((await openFolder(nested)).config.embDim).to.equal(12);
  });

  const cases: [name: string, files: Map<string, ByteSource>, error: new (message: string) => Error, message: RegExp][] = [
    ['no config.json', without(tied, 'config.json'), HuggingFaceError, /no config.json among the files/],
    ['no weights', without(tied, 'model.safetensors'), HuggingFaceError, /no model.safetensors among the files/],
    ['weights as a pickle', new Map([...without(tied, 'model.safetensors'), ['pytorch_model.bin', text('')]]), HuggingFaceError, /“pytorch_model.bin”, a format that cannot be read here.*safe_serialization=True/],
    ['two models', new Map([['a/config.json', text('{}')], ['b/config.json', text('{}')]]), HuggingFaceError, /several models among the files, in “a\/” and “b\/”/],
    ['the config.json of another model', new Map([...tied, ['config.json', text('{"n_embd": 12, "n_head": 3, "n_layer": 3}')]]), WeightsError, /Missing: h.2.ln_1.weight.*wte.weight is \[17,12\] instead of \[50257,12\]/],
    ['a config.json of 2 MB', new Map([...tied, ['config.json', text(' '.repeat(2e6))]]), SourceError, /config.json has 2.0 MB; at most 1 MB/],
    ['an empty config.json', new Map([...tied, ['config.json', text('')]]), HuggingFaceError, /^This config.json is empty. Get the file again/],
    ['a config.json that was cut short', new Map([...tied, ['config.json', text('{"n_embd": 12,')]]), HuggingFaceError, /^This config.json is not valid JSON: it was cut short or changed. Get the file again from where the model comes from.$/],
    ['a tokenizer.json that was cut short', new Map([...tied, ['tokenizer.json', text('{')]]), TokenizerSpecError, /^This tokenizer.json is not valid JSON: it was cut short or changed. Get the file again.$/],
    ['empty weights', new Map([...tied, ['model.safetensors', text('')]]), SafetensorsError, /^“model.safetensors” is empty. Get the file again/],
    ['a renamed text as weights', new Map([...tied, ['model.safetensors', text('Once upon a time')]]), SafetensorsError, /^“model.safetensors” cannot be read. .* begins with the text “Once upo”. Choose a file that was saved here or by save_pretrained in Python.$/],
    ['a config.json that is no text', new Map([...tied, ['config.json', bytesSource(Uint8Array.of(0x7b, 0xff))]]), SourceError, /not UTF-8/],
    ['half a tokenizer', new Map([...tied, ['vocab.json', text('{}')]]), TokenizerSpecError, /vocab.json but no merges.txt/],
    ['a tokenizer with more tokens than the model', new Map([...tied, ['tokenizer.json', folderNamed('tokenizer').files.get('tokenizer.json')!]]), HuggingFaceError, /276 tokens, but the model knows only 17/],
  ]; // biome-ignore format: one a line
  for (const [name, files, type, message] of cases)
    it(`refuses a folder with ${name}`, async () => {
      const error = await rejectionOf(() => openFolder(files));
      expect(error).to.be.instanceOf(type);
      expect(error.message).to.match(message);
    });
});
