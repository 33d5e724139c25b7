import {expect} from '@open-wc/testing';
import {zipSync} from 'fflate';
import {normals} from '../../math/rng.js';
import {type ByteSource, bytesSource, SourceError} from '../byte-source.js';
import {type FileToWrite, fileOf} from '../file-to-write.js';
import {openFolder} from '../hugging-face/open-folder.js';
import {openCheckpoint} from '../open-checkpoint.js';
import {GOLDEN_FOLDERS, weightsOf} from '../testing/golden-folders.js';
import {rejectionOf} from '../testing/rejection.js';
import {crc32} from './crc32.js';
import {ZipError} from './error.js';
import {openZip} from './open-zip.js';
import {writeZip} from './write-zip.js';

const bytesOf = (text: string) => new TextEncoder().encode(text);
/** 3 MB that do not compress, read in several slices. */
const noise = new Uint8Array(normals(750_000, 0, 1, 1).buffer);
const repeated = bytesOf('The cat sat on the mat. '.repeat(5000));

async function zipped(files: Record<string, FileToWrite>): Promise<Uint8Array> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  for await (const part of writeZip(new Map(Object.entries(files)))) parts.push(part.slice());
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}
const readAll = (file: ByteSource) => file.read(0, file.size);
const refusal = async (zip: Uint8Array, read?: string) =>
  rejectionOf(async () => {
    const files = await openZip(bytesSource(zip));
    if (read) await readAll(files.get(read)!);
  });

/** Where the n-th signature of a kind stands in a zip file. */
function find(zip: Uint8Array, signature: number, nth = 0): number {
  const view = new DataView(zip.buffer, zip.byteOffset, zip.length);
  for (let at = 0; at + 4 <= zip.length; at++)
    if (view.getUint32(at, true) === signature && nth-- === 0) return at;
  throw new Error('There is no such signature.');
}
const [LOCAL, ENTRY, END] = [0x04034b50, 0x02014b50, 0x06054b50] as const;

/** A zip file with numbers changed, each at an offset from a signature. */
function changed(
  zip: Uint8Array,
  changes: [signature: number, offset: number, bytes: 2 | 4, value: number][],
) {
  const copy = zip.slice();
  const view = new DataView(copy.buffer);
  for (const [signature, offset, bytes, value] of changes) {
    const at = find(copy, signature) + offset;
    if (bytes === 2) view.setUint16(at, value, true);
    else view.setUint32(at, value, true);
  }
  return copy;
}

describe('a zip file', () => {
  it('holds what was written, in several parts', async () => {
    const zip = await zipped({'config.json': fileOf('{}'), 'é/noise': fileOf(noise), empty: fileOf('')});
    const files = await openZip(bytesSource(zip));
    expect([...files.keys()]).to.deep.equal(['config.json', 'é/noise', 'empty']);
    expect(await readAll(files.get('é/noise')!)).to.deep.equal(noise);
    expect(await readAll(files.get('config.json')!)).to.deep.equal(bytesOf('{}'));
    expect(await readAll(files.get('empty')!)).to.have.length(0);
  });

  it('that another program compressed is read, without what macOS adds and without folders', async () => {
    const zip = zipSync({
      model: {'text.txt': repeated, 'noise.bin': [noise, {level: 0}], 'empty.txt': new Uint8Array(0)},
      __MACOSX: {'._text.txt': bytesOf('x')},
    });
    const files = await openZip(bytesSource(zip));
    expect([...files.keys()]).to.have.members(['model/text.txt', 'model/noise.bin', 'model/empty.txt']);
    expect(await readAll(files.get('model/text.txt')!)).to.deep.equal(repeated);
    expect(await readAll(files.get('model/noise.bin')!)).to.deep.equal(noise);
  });

  for (const level of [0, 6] as const)
    it(`gives any part of a file, forward and back, also when asked at once (level ${level})`, async () => {
      const files = await openZip(bytesSource(zipSync({a: [noise, {level}]})));
      const file = files.get('a')!;
      const spans = [[10, 20], [20, 1_500_000], [2_999_990, 3_000_000], [0, 8], [5, 5], [8, 30]] as const; // biome-ignore format: pairs
      const parts = await Promise.all(spans.map(([begin, end]) => file.read(begin, end)));
      for (const [i, [begin, end]] of spans.entries())
        expect(parts[i], `${begin} to ${end}`).to.deep.equal(noise.subarray(begin, end));
    });

  it('with a comment is read', async () => {
    const zip = await zipped({a: fileOf('1')});
    const longer = new Uint8Array(zip.length + 5);
    longer.set(zip);
    new DataView(longer.buffer).setUint16(zip.length - 2, 5, true);
    expect([...(await openZip(bytesSource(longer))).keys()]).to.deep.equal(['a']);
  });

  it('stops when it is aborted', async () => {
    const file = (await openZip(bytesSource(zipSync({a: noise})))).get('a')!;
    const error = await rejectionOf(() => file.read(0, 10, AbortSignal.abort()));
    expect(error.name).to.equal('AbortError');
    expect(await file.read(0, 10)).to.deep.equal(noise.subarray(0, 10));
  });

  it('of a Hugging Face folder is a model', async () => {
    for (const {files, name} of GOLDEN_FOLDERS) {
      const plain = new Map(
        await Promise.all(
          Array.from(files, async ([name, file]) => [`m/${name}`, await readAll(file)] as const),
        ),
      );
      const folder = await openFolder(await openZip(bytesSource(zipSync(Object.fromEntries(plain)))));
      expect(await weightsOf(folder), name).to.deep.equal(await weightsOf(await openFolder(files)));
    }
  });

  it('beside another file is refused: either could be the model', async () => {
    const files = new Map(
      ['run.safetensors', 'model.zip'].map((path) => [path, bytesSource(new Uint8Array(9))]),
    );
    const error = await rejectionOf(() => openCheckpoint(files));
    expect(error.message).to.match(/^“model.zip” lies beside other files.*Choose the .zip alone/);
  });

  it('larger than 4 GB is not written', async () => {
    const huge = {size: 2 ** 32, chunks: () => fileOf('').chunks()};
    const error = await rejectionOf(() => writeZip(new Map([['a', huge]])).next());
    expect(error).to.be.instanceOf(RangeError);
    expect(error.message).to.match(/4\.3 GB together/);
  });
});

describe('a hostile zip file', () => {
  const stored = zipSync({a: [repeated, {level: 0}], b: [noise, {level: 0}]});
  const packed = zipSync({a: repeated});
  const paths = ['../a', 'a/../../b', '/etc/passwd', '\\a', 'a\\..\\b', 'C:/a', 'a\0b'];
  for (const path of paths)
    it(`with the path ${JSON.stringify(path)} is refused`, async () => {
      const error = await refusal(zipSync({[path]: bytesOf('x')}));
      expect(error).to.be.instanceOf(ZipError);
      expect(error.message).to.match(/leads out of its folder/);
    });

  const cases: [name: string, zip: Uint8Array, message: RegExp][] = [
    ['is empty', new Uint8Array(0), /list of its files is missing/],
    ['is something else', noise.subarray(0, 100_000), /list of its files is missing/],
    ['is cut short', packed.subarray(0, -30), /list of its files is missing/],
    ['has a directory beyond its end', changed(packed, [[END, 16, 4, 2 ** 31]]), /does not lie in it/],
    ['has an enormous directory', changed(packed, [[END, 12, 4, 2 ** 31]]), /does not lie in it/],
    ['announces more files than there are', changed(packed, [[END, 10, 2, 60_000]]), /does not lie in it/],
    ['announces one file more', changed(stored, [[END, 10, 2, 2], [ENTRY, 28, 2, 60_000]]), /cut short/],
    ['is of the kind for more than 4 GB', changed(packed, [[END, 16, 4, 2 ** 32 - 1]]), /larger than 4 GB/],
    ['holds a file that is encrypted', changed(packed, [[ENTRY, 8, 2, 1]]), /is encrypted/],
    ['holds a file in an unknown compression', changed(packed, [[ENTRY, 10, 2, 93]]), /method 93/],
    ['holds a stored file of two sizes', changed(stored, [[ENTRY, 24, 4, 7]]), /has two sizes/],
    ['holds a file that begins in the directory', changed(packed, [[ENTRY, 42, 4, packed.length - 30]]), /does not lie in it/],
    ['is a bomb', changed(packed, [[ENTRY, 24, 4, 2 ** 31]]), /times as large when unpacked/],
    ['is a bomb that really is one', zipSync({a: new Uint8Array(2 ** 24)}), /times as large when unpacked/],
    ['holds two files at the same place', changed(stored, [[ENTRY, 42, 4, 30]]), /overlap/],
    ['says another method before the data', changed(packed, [[LOCAL, 8, 2, 0]]), /do not agree/],
    ['says another length of the name before the data', changed(packed, [[LOCAL, 26, 2, 2]]), /do not agree/],
    ['pushes the data into the directory', changed(packed, [[LOCAL, 28, 2, 60_000]]), /do not agree/],
    ['has a wrong checksum', changed(packed, [[ENTRY, 16, 4, 1]]), /checksum is wrong/],
    ['has a wrong checksum of a stored file', changed(stored, [[ENTRY, 16, 4, 1]]), /checksum is wrong/],
    ['unpacks to less', changed(packed, [[ENTRY, 24, 4, repeated.length + 1]]), /shorter than it should be/],
    ['unpacks to more', changed(packed, [[ENTRY, 24, 4, repeated.length - 1]]), /longer than it should be|checksum/],
    ['has damaged data', changed(packed, [[LOCAL, 31, 4, 0xffffffff]]), /compressed data is damaged/],
  ]; // biome-ignore format: one a line
  for (const [name, zip, message] of cases)
    it(`that ${name} is refused`, async () => {
      const error = await refusal(zip, 'a');
      expect(error).to.be.instanceOf(ZipError);
      expect(error.message).to.match(message);
    });

  it('that holds a name twice is refused', async () => {
    const twice = zipSync({a: bytesOf('1'), b: bytesOf('2')});
    for (const [signature, offset] of [[LOCAL, 30], [ENTRY, 46]] as const) // biome-ignore format: pairs
      twice[find(twice, signature, 1) + offset] = 0x61;
    expect((await refusal(twice)).message).to.match(/holds “a” twice/);
  });

  it('with megabytes behind the end of its compressed data is refused without unpacking them', async () => {
    const data = zipSync({a: [bytesOf('x'), {level: 6}]});
    // The directory announces 3 MB of compressed data: the few bytes that there are, and noise behind them.
    const at = find(data, ENTRY);
    const zip = new Uint8Array(data.length + noise.length);
    zip.set(data.subarray(0, at));
    zip.set(noise, at);
    zip.set(data.subarray(at), at + noise.length);
    const view = new DataView(zip.buffer);
    view.setUint32(at + noise.length + 20, at - 31 + noise.length, true);
    view.setUint32(at + noise.length + 24, 2, true);
    view.setUint32(zip.length - 22 + 16, at + noise.length, true);
    let read = 0;
    const counting: ByteSource = {
      size: zip.length,
      read: async (begin, end) => {
        read += end - begin;
        return zip.subarray(begin, end);
      },
    };
    const file = (await openZip(counting)).get('a')!;
    expect((await rejectionOf(() => readAll(file))).message).to.match(/compressed data is damaged/);
    expect(read).to.be.below(500_000);
  });

  it('whose file cannot be read is a SourceError', async () => {
    const cut: ByteSource = {size: packed.length, read: async () => new Uint8Array(3)};
    expect(await rejectionOf(() => openZip(cut))).to.be.instanceOf(SourceError);
  });
});

describe('crc32', () => {
  it('is that of the standard’s check value, in one go and in parts', () => {
    const digits = bytesOf('123456789');
    expect(crc32(digits)).to.equal(0xcbf43926);
    expect(crc32(digits.subarray(4), crc32(digits.subarray(0, 4)))).to.equal(0xcbf43926);
  });
});
