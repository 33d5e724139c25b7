import {expect} from '@open-wc/testing';
import type {GPTConfig} from '../../model/config.js';
import {parameterShapes, WeightsError} from '../../model/parameters.js';
import {bytesSource} from '../byte-source.js';
import {writeSafetensors} from '../safetensors.js';
import {SafetensorsReader, type TensorInfo} from '../safetensors-reader.js';
import {rejectionOf} from '../testing/rejection.js';
import {readWeights} from './read-weights.js';
import {mapTensors} from './tensor-map.js';

const config: GPTConfig = {vocabSize: 5, contextLength: 4, embDim: 4, nHeads: 2, nLayers: 2, dropRate: 0, qkvBias: true, tieWeights: true}; // biome-ignore format: one line
type Shapes = Record<string, number[]>;

/** The tensors of a file as transformers writes it, changed by `change`. */
function fileOf(config: GPTConfig, change: (shapes: Shapes) => void = () => {}, prefix = 'transformer.') {
  const shapes: Shapes = {};
  for (const [name, shape] of parameterShapes(config))
    shapes[name === 'lm_head.weight' ? name : prefix + name] = shape;
  change(shapes);
  return shapes;
}

const infosOf = (shapes: Shapes) =>
  new Map<string, TensorInfo>(
    Object.entries(shapes).map(([name, shape]) => [
      name,
      {dtype: 'F32', shape, bytes: 4 * shape.reduce((a, b) => a * b, 1)},
    ]),
  );
const map = (shapes: Shapes, of = config) => mapTensors(of, infosOf(shapes));
const namesLoaded = (shapes: Shapes, of = config) =>
  map(shapes, of)
    .tensors.filter(({use}) => use === 'loaded')
    .map(({model}) => model);

describe('mapTensors', () => {
  const names = parameterShapes(config).map(([name]) => name);

  for (const prefix of ['transformer.', ''])
    it(`finds every tensor of the model in a file with the prefix “${prefix}”`, () => {
      const {tensors} = map(fileOf(config, undefined, prefix));
      expect(tensors.map(({model}) => model)).to.deep.equal(names);
      expect(tensors.every(({file, model, use}) => file === prefix + model && use === 'loaded')).to.equal(
        true,
      );
      expect(tensors[0]).to.deep.equal({file: `${prefix}wte.weight`, model: 'wte.weight', shape: [5, 4], dtype: 'F32', bytes: 80, use: 'loaded'}); // biome-ignore format: one line
    });

  it('ignores the masks that older files hold, whatever their shape and type', () => {
    const shapes = fileOf(config, (shapes) => {
      shapes['transformer.h.0.attn.bias'] = [1, 1, 4, 4];
      shapes['transformer.h.1.attn.masked_bias'] = [];
    });
    const buffers = map(shapes).tensors.filter(({use}) => use === 'buffer');
    expect(buffers.map(({model}) => model)).to.deep.equal(['h.0.attn.bias', 'h.1.attn.masked_bias']);
    expect(namesLoaded(shapes)).to.deep.equal(names);
  });

  it('takes the head of a tied model for a copy, and that of an untied one for its own', () => {
    const shapes = fileOf({...config, tieWeights: false});
    expect(map(shapes).tensors.at(-1)).to.include({file: 'lm_head.weight', use: 'tied'});
    expect(map(shapes, {...config, tieWeights: false}).tensors.at(-1)).to.include({use: 'loaded'});
  });

  it('finds a model without qkv bias where the file holds none, or where config.json says so', () => {
    const without = {...config, qkvBias: false};
    expect(map(fileOf(without)).config.qkvBias).to.equal(false);
    const zeros = map(fileOf(config), without);
    expect(zeros.config.qkvBias).to.equal(false);
    expect(zeros.tensors.filter(({use}) => use === 'zero').map(({model}) => model)).to.deep.equal([
      'h.0.attn.c_attn.bias',
      'h.1.attn.c_attn.bias',
    ]);
    expect(map(fileOf(config)).config.qkvBias).to.equal(true);
  });

  it('names what is missing, unexpected and of another shape in one error', () => {
    const shapes = fileOf(config, (shapes) => {
      delete shapes['transformer.h.1.attn.c_attn.bias'];
      delete shapes['transformer.ln_f.weight'];
      shapes['transformer.wpe.weight'] = [3, 4];
      shapes['score.weight'] = [2, 4];
    });
    expect(() => map(shapes)).to.throw(
      WeightsError,
      'Missing: h.1.attn.c_attn.bias, ln_f.weight. Unexpected: score.weight. ' +
        'Of another shape: transformer.wpe.weight is [3,4] instead of [4,4].',
    );
  });

  const wrong: [name: string, change: (shapes: Shapes) => void, message: RegExp][] = [
    ['has a tensor twice, with and without prefix', (shapes) => (shapes['wte.weight'] = [5, 4]), /Unexpected: wte.weight/],
    ['has more layers', (shapes) => (shapes['transformer.h.2.ln_1.bias'] = [4]), /Unexpected: transformer.h.2.ln_1.bias/],
    ['has a head of another size', (shapes) => (shapes['lm_head.weight'] = [6, 4]), /lm_head.weight is \[6,4\] instead of \[5,4\]/],
    ['has a head of its own prefix', (shapes) => (shapes['model.lm_head.weight'] = [5, 4]), /Unexpected: model.lm_head.weight/],
    ['is transposed, as Linear has it', (shapes) => (shapes['transformer.h.0.mlp.c_fc.weight'] = [16, 4]), /c_fc.weight is \[16,4\] instead of \[4,16\]/],
  ]; // biome-ignore format: one a line
  for (const [name, change, message] of wrong)
    it(`refuses a file that ${name}`, () => {
      expect(() => map(fileOf(config, change))).to.throw(WeightsError, message);
    });

  it('names six of many and counts the rest', () => {
    expect(() => map({})).to.throw(WeightsError, /Missing: wte.weight, (\S+, ){4}\S+ and 20 more\./);
  });
});

describe('readWeights', () => {
  /** A file in which every tensor holds its index, changed by `change`. */
  async function open(shapes: Shapes, of: GPTConfig, change: (data: Map<string, Float32Array>) => void) {
    const data = new Map(
      Object.entries(shapes).map(([name, shape], i) => [
        name,
        new Float32Array(shape.reduce((a, b) => a * b, 1)).fill(i),
      ]),
    );
    change(data);
    const file = writeSafetensors([...data].map(([name, data]) => [name, {shape: shapes[name]!, data}]));
    const reader = await SafetensorsReader.open(bytesSource(file));
    return {reader, map: mapTensors(of, reader.tensors)};
  }
  const untied = fileOf({...config, tieWeights: false});
  const copyHead = (data: Map<string, Float32Array>) =>
    data.set('lm_head.weight', data.get('transformer.wte.weight')!);

  it('reads every tensor into the array that it is given, and counts the bytes', async () => {
    const {reader, map} = await open(untied, config, copyHead);
    const arrays = new Map<string, Float32Array>();
    const progress: [number, number][] = [];
    const rows: string[] = [];
    for await (const {model, use, data} of readWeights(reader, map, {
      into: ({model, shape}) => {
        const array = new Float32Array(shape.reduce((a, b) => a * b, 1));
        arrays.set(model, array);
        return array;
      },
      onProgress: ({done, total}) => progress.push([done, total]),
    })) {
      rows.push(model);
      expect(data).to.equal(use === 'loaded' ? arrays.get(model) : undefined);
    }
    expect(rows).to.have.members([...parameterShapes(config).map(([name]) => name), 'lm_head.weight']);
    expect(arrays.has('lm_head.weight')).to.equal(false);
    expect(arrays.get('wpe.weight')).to.deep.equal(new Float32Array(16).fill(1));
    const total = map.tensors.reduce((sum, {bytes}) => sum + bytes, 0);
    expect(progress.at(-1)).to.deep.equal([total, total]);
  });

  it('does not read masks, which may be of a type that cannot be read', async () => {
    const shapes = fileOf(config);
    const file = writeSafetensors(
      Object.entries({...shapes, 'transformer.h.0.attn.bias': [1, 1, 4, 4]}).map(([name, shape]) => [
        name,
        {shape, data: new Float32Array(shape.reduce((a, b) => a * b, 1))},
      ]),
    );
    const text = new TextDecoder().decode(file.subarray(8)); // all that follows the header is zeros
    const changed = text.replace('"F32","shape":[1,1,4,4]', '"U8" ,"shape":[1,1,8,8]');
    const bytes = file.slice();
    bytes.set(new TextEncoder().encode(changed), 8);
    const reader = await SafetensorsReader.open(bytesSource(bytes));
    expect(reader.tensors.get('transformer.h.0.attn.bias')!.dtype).to.equal('U8');
    const read: string[] = [];
    for await (const {model, data} of readWeights(reader, mapTensors(config, reader.tensors)))
      if (data) read.push(model);
    expect(read).to.have.members(parameterShapes(config).map(([name]) => name));
  });

  it('refuses a tied head that holds other numbers', async () => {
    const {reader, map} = await open(untied, config, () => {});
    const error = await rejectionOf(async () => {
      for await (const _ of readWeights(reader, map));
    });
    expect(error).to.be.instanceOf(WeightsError);
    expect(error.message).to.match(/Set "tie_word_embeddings" to false/);
  });

  it('refuses a bias that must be zero and is not', async () => {
    const without = {...config, qkvBias: false};
    const zero = (data: Map<string, Float32Array>) => {
      for (const layer of [0, 1]) data.get(`transformer.h.${layer}.attn.c_attn.bias`)!.fill(0);
    };
    const good = await open(fileOf(config), without, zero);
    for await (const {use, data} of readWeights(good.reader, good.map))
      expect(data !== undefined).to.equal(use === 'loaded');
    const bad = await open(fileOf(config), without, (data) => {
      zero(data);
      data.get('transformer.h.1.attn.c_attn.bias')![11] = 1e-9;
    });
    const error = await rejectionOf(async () => {
      for await (const _ of readWeights(bad.reader, bad.map));
    });
    expect(error).to.be.instanceOf(WeightsError);
    expect(error.message).to.match(/“transformer.h.1.attn.c_attn.bias” that is not zero/);
  });
});
