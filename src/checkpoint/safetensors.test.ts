import {expect} from '@open-wc/testing';
import {fromF16, toF16} from '../math/float16.js';
import golden from './golden/safetensors.json';
import {readSafetensors, SafetensorsError, writeSafetensors} from './safetensors.js';
import {readHeader} from './safetensors-header.js';

const fromBase64 = (text: string) => Uint8Array.from(atob(text), (unit) => unit.charCodeAt(0));
const TENSORS = Object.entries(golden.tensors).map(
  ([name, {shape, data}]): [string, {shape: number[]; data: Float32Array}] => [
    name,
    {shape, data: Float32Array.from(data)},
  ],
);

/** A file with this header, and so many zero bytes behind it. */
function fileOf(header: string | Uint8Array, dataLength = 0, announced?: bigint): Uint8Array {
  const json = typeof header === 'string' ? new TextEncoder().encode(header) : header;
  const file = new Uint8Array(8 + json.length + dataLength);
  new DataView(file.buffer).setBigUint64(0, announced ?? BigInt(json.length), true);
  file.set(json, 8);
  return file;
}
const entry = (shape: number[], begin: number, end: number, dtype = 'F32') =>
  JSON.stringify({dtype, shape, data_offsets: [begin, end]});

describe('safetensors', () => {
  for (const {dtype, base64, values} of golden.files)
    it(`reads ${dtype} as Python's safetensors ${golden.safetensors} writes it`, () => {
      const {tensors, metadata} = readSafetensors(fromBase64(base64));
      expect([...metadata]).to.deep.equal([['format', 'pt']]);
      expect([...tensors.keys()].sort()).to.deep.equal(Object.keys(values).sort());
      for (const [name, expected] of Object.entries(values)) {
        const {shape, data} = tensors.get(name)!;
        expect(shape).to.deep.equal(golden.tensors[name as keyof typeof golden.tensors].shape);
        expect(data.length).to.equal(expected.length);
        for (const [i, value] of expected.entries())
          expect(Object.is(data[i], value), `${name}[${i}]: ${data[i]} for ${value}`).to.equal(true);
      }
    });

  for (const dtype of ['F32', 'F16'] as const)
    it(`writes ${dtype} byte for byte as Python does`, () => {
      const python = golden.files.find((file) => file.dtype === dtype)!;
      const written = writeSafetensors(TENSORS, {dtype, metadata: {format: 'pt'}});
      expect([...written]).to.deep.equal([...fromBase64(python.base64)]);
    });

  it('reads only what is wanted, so that other types may lie beside it', () => {
    const file = fromBase64(golden.mixed);
    expect([...readSafetensors(file, (name) => name === 'b').tensors.get('b')!.data]).to.deep.equal([1, 1]);
    expect(() => readSafetensors(file)).to.throw(
      SafetensorsError,
      /“[ac]” holds numbers of the type (I64|BOOL)/,
    );
  });

  it('reads a view into a larger buffer, wherever it begins', () => {
    const file = fromBase64(golden.files[0]!.base64);
    const larger = new Uint8Array(file.length + 3);
    larger.set(file, 3);
    expect(readSafetensors(larger.subarray(3))).to.deep.equal(readSafetensors(file));
  });

  it('carries names and metadata that objects treat specially', () => {
    const tensor = {shape: [1], data: Float32Array.of(2)};
    const metadata = JSON.parse('{"__proto__": "a", "constructor": "b"}');
    const file = writeSafetensors([['__proto__', tensor], ['toString', tensor]], {metadata}); // biome-ignore format: pairs
    const read = readSafetensors(file);
    expect([...read.tensors.keys()]).to.have.members(['__proto__', 'toString']);
    expect([...read.metadata]).to.deep.equal([['__proto__', 'a'], ['constructor', 'b']]); // biome-ignore format: pairs
    expect(({} as {a?: string}).a).to.equal(undefined);
  });

  it('refuses to write what could not be read', () => {
    const two = {shape: [2], data: Float32Array.of(1, 2)};
    expect(() => writeSafetensors([['a', two], ['a', two]])).to.throw(RangeError, '“a” cannot name'); // biome-ignore format: pairs
    expect(() => writeSafetensors([['__metadata__', two]])).to.throw(RangeError, 'cannot name');
    expect(() => writeSafetensors([['a', {...two, shape: [3]}]])).to.throw(
      RangeError,
      'is 3 numbers, but holds 2',
    );
    const large = {shape: [1], data: Float32Array.of(70_000)};
    expect(() => writeSafetensors([['a', large]], {dtype: 'F16'})).to.throw(
      RangeError,
      'holds 70000, which F16 cannot',
    );
    expect(readSafetensors(writeSafetensors([['a', large]])).tensors.get('a')!.data[0]).to.equal(70_000);
  });
});

describe('a hostile safetensors file', () => {
  const one = `"a":${entry([1], 0, 4)}`;
  const cases: [name: string, file: Uint8Array, message: RegExp][] = [
    ['is empty', new Uint8Array(0), /shorter than the 8 bytes/],
    ['is cut in its length', new Uint8Array(7), /shorter than the 8 bytes/],
    ['announces an enormous header', fileOf('{}', 0, 2n ** 64n - 1n), /announces a header of 18,446,744,073,709,551,615 bytes/],
    ['announces more than the format allows', fileOf('{}', 0, 100_000_001n), /at most 100,000,000/],
    ['announces more than there is', fileOf('{}', 0, 3n), /only 2 follow/],
    ['is no UTF-8', fileOf(Uint8Array.of(0x7b, 0xff, 0x7d)), /not UTF-8/],
    ['begins with a byte-order mark', fileOf('\ufeff{}'), /does not begin with/],
    ['begins with a space', fileOf(' {}'), /does not begin with/],
    ['is an array', fileOf('[]'), /does not begin with/],
    ['is no JSON', fileOf('{"a":}'), /not JSON/],
    ['goes on after the object', fileOf('{}{}'), /not JSON/],
    ['names a tensor twice', fileOf(`{${one},${one}}`, 4), /names “a” twice/],
    ['names it twice in different spellings', fileOf(`{${one},"\\u0061" :${entry([1], 0, 4)}}`, 4), /names “a” twice/],
    ['says a shape twice', fileOf('{"a":{"dtype":"F32","shape":[9],"shape":[1],"data_offsets":[0,4]}}', 4), /“shape” twice/],
    ['describes a tensor by a text', fileOf('{"a":"F32"}'), /“a” is not described by an object/],
    ['describes a tensor by null', fileOf('{"a":null}'), /not described/],
    ['has metadata that are no object', fileOf('{"__metadata__":[]}'), /is not an object/],
    ['has metadata that are no text', fileOf('{"__metadata__":{"k":1}}'), /“k” in “__metadata__” is not a text/],
    ['lacks the dtype', fileOf('{"a":{"shape":[1],"data_offsets":[0,4]}}', 4), /has the dtype undefined/],
    ['has a dtype that is none', fileOf(`{"a":${entry([1], 0, 4, 'F31')}}`, 4), /dtype "F31"/],
    ['has a dtype from an object’s prototype', fileOf(`{"a":${entry([1], 0, 4, 'toString')}}`, 4), /dtype "toString"/],
    ['has an entry of its own', fileOf('{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4],"x":1}}', 4), /entry “x”/],
    ['tries the prototype', fileOf('{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4],"__proto__":{}}}', 4), /entry “__proto__”/],
    ['has a shape that is no list', fileOf('{"a":{"dtype":"F32","shape":1,"data_offsets":[0,4]}}', 4), /has the shape 1/],
    ['has a negative length', fileOf(`{"a":${entry([-1], 0, 4)}}`, 4), /has the shape \[-1\]/],
    ['has a broken length', fileOf(`{"a":${entry([0.5], 0, 2)}}`, 2), /has the shape \[0.5\]/],
    ['has a length beyond exact numbers', fileOf('{"a":{"dtype":"F32","shape":[9007199254740993],"data_offsets":[0,4]}}', 4), /has the shape/],
    ['has too many dimensions', fileOf(`{"a":${entry(Array(17).fill(1), 0, 4)}}`, 4), /has the shape/],
    ['has a size that overflows', fileOf(`{"a":${entry([2 ** 40, 2 ** 40], 0, 4)}}`, 4), /takes/],
    ['has a size that overflows to what fits', fileOf(`{"a":${entry([2 ** 32, 2 ** 32], 0, 0)}}`), /takes/],
    ['has one offset', fileOf('{"a":{"dtype":"F32","shape":[1],"data_offsets":[4]}}', 4), /data_offsets/],
    ['ends before it begins', fileOf(`{"a":${entry([1], 4, 0)}}`, 4), /data_offsets \[4,0\]/],
    ['has offsets below zero', fileOf(`{"a":${entry([1], -4, 0)}}`, 4), /data_offsets/],
    ['has a shape larger than its data', fileOf(`{"a":${entry([2], 0, 4)}}`, 4), /takes 8 bytes, but its data has 4/],
    ['reaches beyond the end', fileOf(`{"a":${entry([2], 0, 8)}}`, 4), /take 8 bytes, but only 4 follow/],
    ['overlaps', fileOf(`{"a":${entry([2], 0, 8)},"b":${entry([1], 4, 8)}}`, 8), /“b” overlaps/],
    ['shares data under two names', fileOf(`{"a":${entry([1], 0, 4)},"b":${entry([1], 0, 4)}}`, 4), /overlaps/],
    ['leaves a gap', fileOf(`{"a":${entry([1], 0, 4)},"b":${entry([1], 8, 12)}}`, 12), /before the data of “b” lie 4 bytes/],
    ['begins with a gap', fileOf(`{"a":${entry([1], 4, 8)}}`, 8), /before the data of “a” lie 4 bytes/],
    ['hides something at its end', fileOf(`{${one}}`, 5), /lie 1 bytes of no tensor/],
  ]; // biome-ignore format: one a line
  for (const [name, file, message] of cases)
    it(`is refused where it ${name}`, () => {
      expect(() => readSafetensors(file)).to.throw(SafetensorsError, message);
    });

  it('is told from one that is harmless', () => {
    expect(readSafetensors(fileOf(`{${one}}   `, 4)).tensors.get('a')!.data[0]).to.equal(0);
    expect(readSafetensors(fileOf('{}')).tensors.size).to.equal(0);
    const braces = `{"{\\"}":${entry([1], 0, 4)},"__metadata__":{"a":"{\\"a\\":","b":"{"}}`;
    expect([...readSafetensors(fileOf(braces, 4)).tensors.keys()]).to.deep.equal(['{"}']);
  });

  it('can be judged by its header alone', () => {
    const header = fileOf(`{"a":${entry([2, 3], 0, 24)}}`);
    const {tensors, dataStart} = readHeader(header, header.length + 24);
    expect(tensors.get('a')).to.deep.equal({dtype: 'F32', shape: [2, 3], begin: 0, end: 24});
    expect(dataStart).to.equal(header.length);
    expect(() => readHeader(header)).to.throw(SafetensorsError, 'only 0 follow');
  });
});

describe('F16', () => {
  it('comes back from every one of its 65,536 bit patterns', () => {
    for (let half = 0; half < 0x10000; half++) {
      const value = fromF16(half);
      if (Number.isNaN(value)) expect(Number.isNaN(fromF16(toF16(value)))).to.equal(true);
      else if (toF16(value) !== half) expect.fail(`${half} → ${value} → ${toF16(value)}`);
    }
  });

  it('takes the nearest neighbor, and of two equally near the even one', () => {
    for (let half = 0; half < 0x7bff; half++) {
      const [low, high] = [fromF16(half), fromF16(half + 1)];
      const middle = (low + high) / 2; // exact in float32
      const even = half % 2 === 0 ? half : half + 1;
      if (toF16(middle) !== even) expect.fail(`${middle} → ${toF16(middle)}, not ${even}`);
      if (toF16(low + (high - low) * 0.25) !== half) expect.fail(`above ${low}`);
      if (toF16(low + (high - low) * 0.75) !== half + 1) expect.fail(`below ${high}`);
    }
    expect(fromF16(toF16(65519))).to.equal(65504);
    expect(fromF16(toF16(65520))).to.equal(Number.POSITIVE_INFINITY);
  });
});

describe('a safetensors header with strings of megabytes', () => {
  const long = 'x'.repeat(16_000_000);
  const escaped = '\\"\\\\'.repeat(4_000_000);
  const cases: [name: string, header: string][] = [
    ['as a dtype', `{"a":${entry([1], 0, 4, long)}}`],
    ['as a name of a tensor of no size', `{"${long}":${entry([1], 0, 2)}}`],
    ['as a name that comes twice', `{"${long}":${entry([1], 0, 4)},"${long}":${entry([1], 0, 4)}}`],
    ['as an unknown entry', `{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4],"${long}":1}}`],
    ['of escapes', `{"a":${entry([1], 0, 4).replace('F32', escaped)}}`],
    ['as a key of metadata that is no text', `{"__metadata__":{"${long}":1},"a":${entry([1], 0, 4)}}`],
    ['in a shape', `{"a":{"dtype":"F32","shape":["${long}"],"data_offsets":[0,4]}}`],
    ['in offsets that are lists in lists', `{"a":{"dtype":"F32","shape":[1],"data_offsets":${'['.repeat(100_000)}${']'.repeat(100_000)}}}`],
    ['before something that is no JSON', `{"a":"${long}",}`],
  ]; // biome-ignore format: one line each
  for (const [name, header] of cases)
    it(`is refused in one short sentence (${name})`, () => {
      let message = '';
      expect(() => {
        try {
          readHeader(fileOf(header, 4));
        } catch (error) {
          message = (error as Error).message;
          throw error;
        }
      }).to.throw(SafetensorsError);
      expect(message.length).to.be.within(1, 400);
    });

  it('is read where it is only long', () => {
    const header = readHeader(fileOf(`{"__metadata__":{"text":"${long}"},"${long}":${entry([1], 0, 4)}}`, 4));
    expect([...header.tensors.keys()]).to.deep.equal([long]);
    expect(header.metadata.get('text')).to.equal(long);
  });
});
