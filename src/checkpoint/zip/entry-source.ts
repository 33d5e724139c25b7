import {withRemedy} from '../../math/remedy.js';
import {type ByteSource, readExactly} from '../byte-source.js';
import {crc32} from './crc32.js';
import {LOCAL_BYTES, type ZipEntry} from './directory.js';
import {ZipError} from './error.js';

const LOCAL = 0x04034b50;
const STORED_SLICE = 2 ** 20;
/** Deflate makes at most 1,032 bytes of one, so that 16 MB come of a slice at most. */
const DEFLATED_SLICE = 2 ** 14;
/** So many bytes of deflated data always hold some of the file. */
const IDLE_BYTES = 2 ** 17;

/**
 * A file in a zip file as a source. It is unpacked from its beginning to its end, as far as it is asked for; reading backwards
 * starts again. Whoever reads to the end has its checksum compared.
 */
export class EntrySource implements ByteSource {
  readonly size: number;
  readonly #zip: ByteSource;
  readonly #entry: ZipEntry;
  readonly #name: string;
  #parts: AsyncGenerator<Uint8Array, void, void> | undefined;
  /** What was unpacked and not yet read, and where it begins in the file. */
  #part: Uint8Array = new Uint8Array(0);
  #at = 0;
  /** Reads take their turns. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(zip: ByteSource, name: string, entry: ZipEntry) {
    this.size = entry.size;
    this.#zip = zip;
    this.#entry = entry;
    this.#name = name;
  }

  /** @throws {ZipError} where the data is damaged. @throws {SourceError} where the zip file cannot be read. */
  read(begin: number, end: number, signal?: AbortSignal): Promise<Uint8Array> {
    const reading = this.#turn.then(() => this.#read(begin, Math.min(end, this.size), signal));
    this.#turn = reading.catch(() => {
      this.#parts = undefined; // what failed is not continued
    });
    return reading;
  }

  async #read(begin: number, end: number, signal?: AbortSignal): Promise<Uint8Array> {
    if (!this.#parts || begin < this.#at) {
      this.#parts = this.#unpack();
      this.#part = new Uint8Array(0);
      this.#at = 0;
    }
    const bytes = new Uint8Array(Math.max(0, end - begin));
    while (this.#at < end) {
      signal?.throwIfAborted();
      if (this.#part.length === 0) {
        const {value} = await this.#parts.next();
        if (!value) throw this.#damaged('it is shorter than it should be');
        this.#part = value;
      }
      const used = Math.min(this.#part.length, end - this.#at);
      const wanted = this.#part.subarray(Math.max(0, begin - this.#at), used);
      bytes.set(wanted, Math.max(0, this.#at - begin));
      this.#part = this.#part.subarray(used);
      this.#at += used;
    }
    // The generator compares the checksum after its last part.
    if (end === this.size && !(await this.#parts.next()).done)
      throw this.#damaged('it is longer than it should be');
    return bytes;
  }

  async *#unpack(): AsyncGenerator<Uint8Array, void, void> {
    let [crc, done] = [0, 0];
    for await (const part of this.#entry.method === 0 ? this.#stored() : this.#inflated()) {
      if (part.length === 0) continue;
      done += part.length;
      if (done > this.size) throw this.#damaged('it is longer than it should be');
      crc = crc32(part, crc);
      if (done === this.size && crc !== this.#entry.crc) throw this.#damaged('its checksum is wrong');
      yield part;
      if (done === this.size) return;
    }
    if (done < this.size) throw this.#damaged('it is shorter than it should be');
    if (this.size === 0 && this.#entry.crc !== 0) throw this.#damaged('its checksum is wrong');
  }

  async *#stored(): AsyncGenerator<Uint8Array, void, void> {
    const begin = await this.#dataStart();
    const end = begin + this.#entry.packed;
    for (let at = begin; at < end; at += STORED_SLICE)
      yield readExactly(this.#zip, at, Math.min(end, at + STORED_SLICE));
  }

  async *#inflated(): AsyncGenerator<Uint8Array, void, void> {
    const {Inflate} = await import('fflate');
    let parts: Uint8Array[] = [];
    const inflate = new Inflate((part) => parts.push(part));
    const begin = await this.#dataStart();
    const end = begin + this.#entry.packed;
    let idle = 0;
    for (let at = begin; at < end; at += DEFLATED_SLICE) {
      const to = Math.min(end, at + DEFLATED_SLICE);
      const packed = await readExactly(this.#zip, at, to);
      try {
        inflate.push(packed, to === end);
      } catch (cause) {
        throw this.#damaged('its compressed data is damaged', cause);
      }
      // A stream that has ended collects what follows it, and gets slower and slower.
      idle = parts.some(({length}) => length > 0) ? 0 : idle + packed.length;
      if (idle > IDLE_BYTES) throw this.#damaged('its compressed data is damaged');
      yield* parts;
      parts = [];
    }
  }

  /** Reads the header before the data, which must say the same as the directory. */
  async #dataStart(): Promise<number> {
    const {offset, nameBytes, method, packed, limit} = this.#entry;
    const header = await readExactly(this.#zip, offset, offset + LOCAL_BYTES + nameBytes.length);
    const view = new DataView(header.buffer, header.byteOffset, header.length);
    const begin = offset + LOCAL_BYTES + view.getUint16(26, true) + view.getUint16(28, true);
    if (
      view.getUint32(0, true) !== LOCAL ||
      view.getUint16(8, true) !== method ||
      view.getUint16(26, true) !== nameBytes.length ||
      nameBytes.some((byte, i) => header[LOCAL_BYTES + i] !== byte) ||
      begin + packed > limit
    )
      throw this.#damaged('its header and the list of files do not agree');
    return begin;
  }

  #damaged(what: string, cause?: unknown): ZipError {
    return withRemedy(
      new ZipError(`“${this.#name}” in this zip file is damaged: ${what}.`, {cause}),
      'Load the zip file again.',
    );
  }
}
