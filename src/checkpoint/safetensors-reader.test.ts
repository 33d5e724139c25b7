import {expect} from '@open-wc/testing';
import {normals} from '../math/rng.js';
import {type ByteSource, blobSource, bytesSource, SourceError} from './byte-source.js';
import {bytesOfFile} from './file-to-write.js';
import golden from './golden/safetensors.json';
import {readSafetensors, SafetensorsError, writeSafetensors} from './safetensors.js';
import {SafetensorsReader} from './safetensors-reader.js';
import {safetensorsFile} from './safetensors-writer.js';
import {rejectionOf} from './testing/rejection.js';

const fromBase64 = (text: string) => Uint8Array.from(atob(text), (unit) => unit.charCodeAt(0));
const tensor = (shape: number[], seed = 1) => ({
  shape,
  data: normals(shape.reduce((a, b) => a * b, 1), 0, 1, seed),
}); // biome-ignore format: one line a property

/** A source that counts what is read. */
function counting(source: ByteSource): ByteSource & {reads: [begin: number, end: number][]} {
  const reads: [number, number][] = [];
  return {
    size: source.size,
    reads,
    read: (begin, end, signal) => {
      reads.push([begin, end]);
      return source.read(begin, end, signal);
    },
  };
}

describe('SafetensorsReader', () => {
  for (const {dtype, base64} of golden.files)
    it(`reads ${dtype} tensor by tensor as the reader of files in memory does`, async () => {
      const bytes = fromBase64(base64);
      const {tensors, metadata} = readSafetensors(bytes);
      const reader = await SafetensorsReader.open(blobSource(new Blob([bytes])));
      expect([...reader.metadata]).to.deep.equal([...metadata]);
      const names: string[] = [];
      for await (const {name, shape, data} of reader.read()) {
        names.push(name);
        expect({shape, data}).to.deep.equal(tensors.get(name));
      }
      expect(names).to.deep.equal([...tensors.keys()]);
    });

  it('reads a tensor of 9 MiB in slices of at most 4 MiB, straight into the array that it is given', async () => {
    const large = tensor([3, 3 * 2 ** 18]);
    const file = writeSafetensors([['large', large], ['small', tensor([2], 2)]]); // biome-ignore format: pairs
    const source = counting(bytesSource(file));
    const reader = await SafetensorsReader.open(source);
    source.reads.length = 0;
    const into = new Float32Array(large.data.length + 5);
    const progress: number[] = [];
    for await (const {name, data} of reader.read({
      wanted: (name) => name === 'large',
      into: () => into.subarray(5),
      onProgress: ({done, total}) => {
        expect(total).to.equal(9 * 2 ** 20);
        progress.push(done);
      },
    })) {
      expect(name).to.equal('large');
      expect(data.buffer).to.equal(into.buffer);
    }
    expect(into.subarray(5)).to.deep.equal(large.data);
    expect(source.reads.map(([begin, end]) => (end - begin) / 2 ** 20)).to.deep.equal([4, 4, 1]);
    expect(progress.map((done) => done / 2 ** 20)).to.deep.equal([4, 8, 9]);
  });

  it('reads numbers of two bytes wherever they begin', async () => {
    const bytes = fromBase64(golden.files.find(({dtype}) => dtype === 'F16')!.base64);
    const shifted = new Uint8Array(bytes.length + 1);
    shifted.set(bytes, 1);
    const expected = readSafetensors(bytes).tensors;
    const reader = await SafetensorsReader.open(bytesSource(shifted.subarray(1)));
    for await (const {name, data} of reader.read()) expect(data).to.deep.equal(expected.get(name)!.data);
  });

  it('stops at once when it is aborted, and reads nothing more', async () => {
    const file = writeSafetensors([['a', tensor([4])], ['b', tensor([4])], ['c', tensor([4])]]); // biome-ignore format: pairs
    const source = counting(bytesSource(file));
    const reader = await SafetensorsReader.open(source);
    source.reads.length = 0;
    const control = new AbortController();
    const seen: string[] = [];
    const error = await rejectionOf(async () => {
      for await (const {name} of reader.read({signal: control.signal})) {
        seen.push(name);
        control.abort();
      }
    });
    expect(error.name).to.equal('AbortError');
    expect(seen).to.deep.equal(['a']);
    expect(source.reads).to.have.length(1);
  });

  it('refuses a file that was cut short after its size was known, and one that can no longer be read', async () => {
    const file = writeSafetensors([['a', tensor([4])]]);
    const cut: ByteSource = {...bytesSource(file.subarray(0, -4)), size: file.length};
    const reader = await SafetensorsReader.open(cut);
    const short = await rejectionOf(() => reader.read().next());
    expect(short).to.be.instanceOf(SourceError);
    expect(short.message).to.match(/may be cut short: load it again/);
    const gone = {...new Blob([file]), size: file.length, slice: () => ({arrayBuffer: () => Promise.reject(new DOMException('', 'NotReadableError'))})}; // biome-ignore format: one line
    const unreadable = await rejectionOf(() => SafetensorsReader.open(blobSource(gone as unknown as Blob)));
    expect(unreadable).to.be.instanceOf(SourceError);
    expect(unreadable.message).to.match(/Choose it again/);
  });

  it('refuses a header that does not fit the file without reading it', async () => {
    const file = writeSafetensors([['a', tensor([4])]]);
    new DataView(file.buffer).setBigUint64(0, 90_000_000n, true);
    const source = counting(bytesSource(file));
    expect(await rejectionOf(() => SafetensorsReader.open(source))).to.be.instanceOf(SafetensorsError);
    expect(source.reads).to.deep.equal([[0, 8]]);
  });

  it('refuses types that it cannot read before it reads a tensor, unless they are not wanted', async () => {
    const source = counting(bytesSource(fromBase64(golden.mixed)));
    const reader = await SafetensorsReader.open(source);
    source.reads.length = 0;
    const error = await rejectionOf(() => reader.read().next());
    expect(error.message).to.match(/“[ac]” holds numbers of the type (I64|BOOL)/);
    expect(source.reads).to.have.length(0);
    const {value} = await reader.read({wanted: (name) => name === 'b'}).next();
    expect([...value!.data]).to.deep.equal([1, 1]);
  });

  it('refuses an array of another size', async () => {
    const reader = await SafetensorsReader.open(bytesSource(writeSafetensors([['a', tensor([4])]])));
    const error = await rejectionOf(() => reader.read({into: () => new Float32Array(3)}).next());
    expect(error).to.be.instanceOf(RangeError);
    expect(error.message).to.equal('“a” has 4 numbers; the array for it has 3.');
  });
});

describe('SafetensorsReader with shards', () => {
  const shards: Record<string, Uint8Array> = {
    'model-00001-of-00002.safetensors': writeSafetensors([['a', tensor([2, 3], 1)]]),
    'model-00002-of-00002.safetensors': writeSafetensors([['b', tensor([4], 2)], ['c', tensor([1], 3)]]), // biome-ignore format: pairs
  };
  const [one, two] = Object.keys(shards) as [string, string];
  const indexOf = (weights: Record<string, unknown>) => JSON.stringify({weight_map: weights});
  const index = indexOf({a: one, b: two, c: two});
  const fileOf = (name: string) => shards[name] && bytesSource(shards[name]);

  it('reads them as one file', async () => {
    const reader = await SafetensorsReader.openShards(index, fileOf);
    const read = new Map<string, Float32Array>();
    let last = {done: 0, total: 0};
    for await (const {name, data} of reader.read({onProgress: (progress) => (last = progress)}))
      read.set(name, data);
    expect([...read.keys()]).to.deep.equal(['a', 'b', 'c']);
    expect(read.get('b')).to.deep.equal(tensor([4], 2).data);
    expect(last).to.deep.equal({done: 44, total: 44});
  });

  const cases: [name: string, index: string, message: RegExp][] = [
    ['is not JSON', '{', /not JSON/],
    ['is null', 'null', /no “weight_map”/],
    ['has no map', '{"weight_map":[]}', /no “weight_map”/],
    ['names a file outside the folder', indexOf({a: '../secret.safetensors'}), /no name of a safetensors file/],
    ['names a file of another kind', indexOf({a: 'config.json'}), /no name of a safetensors file/],
    ['names a file by a number', indexOf({a: 1}), /no name of a safetensors file/],
    ['names a file that is not there', indexOf({a: 'other.safetensors'}), /“other.safetensors” is not there/],
    ['lists a tensor that its file lacks', indexOf({a: one, d: one}), /lacks “d”/],
    ['does not list a tensor of a file', indexOf({a: one, b: two}), /does not list its “c”/],
  ]; // biome-ignore format: one a line
  for (const [name, json, message] of cases)
    it(`refuses an index that ${name}`, async () => {
      const error = await rejectionOf(() => SafetensorsReader.openShards(json, fileOf));
      expect(error).to.be.instanceOf(SafetensorsError);
      expect(error.message).to.match(message);
    });
});

describe('safetensorsFile', () => {
  const tensors: [string, {shape: number[]; data: Float32Array}][] = [
    ['b', tensor([3, 5], 1)],
    ['a', tensor([1025, 1030], 2)],
    ['empty', tensor([0, 4], 3)],
  ];
  const toWrite = tensors.map(([name, {shape, data}]) => ({name, shape, read: async () => data}));

  for (const dtype of ['F32', 'F16'] as const)
    it(`writes ${dtype} in chunks, the same bytes as the writer into memory, of the size that it announced`, async () => {
      const options = {dtype, metadata: {format: 'pt'}};
      const file = safetensorsFile(toWrite, options);
      let chunks = 0;
      for await (const chunk of file.chunks()) {
        chunks++;
        expect(chunk.length).to.be.at.most(4 * 2 ** 20);
      }
      expect(chunks).to.equal(4); // the header, “a” in two slices, “b”
      const whole = writeSafetensors(tensors, options);
      expect(file.size).to.equal(whole.length);
      expect(await bytesOfFile(file)).to.deep.equal(whole);
    });

  it('asks for a tensor only when it is written', async () => {
    let asked = 0;
    const file = safetensorsFile([{name: 'a', shape: [1], read: () => Float32Array.of(++asked)}]);
    expect(asked).to.equal(0);
    await bytesOfFile(file);
    expect(asked).to.equal(1);
  });

  it('refuses a tensor whose numbers do not fill its shape', async () => {
    const file = safetensorsFile([{name: 'a', shape: [2], read: () => Float32Array.of(1)}]);
    expect((await rejectionOf(() => bytesOfFile(file))).message).to.match(/is 2 numbers, but holds 1/);
  });
});
