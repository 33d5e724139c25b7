/**
 * The list of files at the end of a zip file, its central directory, checked as hostile input. Format:
 * https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT (sections 4.3.7, 4.3.12 and 4.3.16).
 */

import {withRemedy} from '../../math/remedy.js';
import {shorten} from '../../math/shorten.js';
import {type ByteSource, readExactly} from '../byte-source.js';
import {ZipError} from './error.js';

export interface ZipEntry {
  /** The name as its bytes stand in the file. */
  nameBytes: Uint8Array;
  /** 0: stored as it is. 8: deflated. */
  method: 0 | 8;
  crc: number;
  /** Bytes in the zip file. */
  packed: number;
  /** Bytes of the file itself. */
  size: number;
  /** Where its local header begins. */
  offset: number;
  /** Where the next file or the directory begins: its data must end before. */
  limit: number;
}

const END = 0x06054b50;
const END_BYTES = 22;
const MAX_COMMENT = 0xffff;
const ENTRY = 0x02014b50;
const ENTRY_BYTES = 46;
export const LOCAL_BYTES = 30;

const MAX_DIRECTORY_BYTES = 4e6;
/** Files that are larger than this, and this many times as large as what they were packed into, are bombs, not models. */
const BOMB_BYTES = 2 ** 20;
const BOMB_RATIO = 100;

const ENCRYPTED = 1;
/** Written where a number needs 64 bits. */
const TOO_LARGE = 0xffffffff;

/**
 * Reads the directory. Folders and what macOS adds are left out.
 * @throws {ZipError} where it is damaged or hostile. @throws {SourceError} where it cannot be read.
 */
export async function readDirectory(
  source: ByteSource,
  signal?: AbortSignal,
): Promise<Map<string, ZipEntry>> {
  const {count, begin, end} = await findDirectory(source, signal);
  const bytes = await readExactly(source, begin, end, signal);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const entries = new Map<string, ZipEntry>();
  let at = 0;
  for (let i = 0; i < count; i++) {
    if (at + ENTRY_BYTES > bytes.length || view.getUint32(at, true) !== ENTRY)
      throw damaged('its list of files is cut short');
    const nameEnd = at + ENTRY_BYTES + view.getUint16(at + 28, true);
    if (nameEnd > bytes.length) throw damaged('its list of files is cut short');
    const nameBytes = bytes.slice(at + ENTRY_BYTES, nameEnd);
    const name = new TextDecoder().decode(nameBytes);
    checkPath(name);
    if (entries.has(name)) throw damaged(`it holds “${shorten(name)}” twice`);
    entries.set(name, readEntry(name, nameBytes, view, at, begin));
    at = nameEnd + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  limitEntries([...entries.values()], begin);
  return new Map([...entries].filter(([name]) => !name.endsWith('/') && !name.startsWith('__MACOSX/')));
}

const UNPACK = 'Unpack it and choose the folder instead.';

const damaged = (what: string) =>
  withRemedy(new ZipError(`This is not a valid zip file: ${what}.`), 'It may be damaged: load it again.');

async function findDirectory(source: ByteSource, signal?: AbortSignal) {
  const {size} = source;
  const from = Math.max(0, size - END_BYTES - MAX_COMMENT);
  const tail = await readExactly(source, from, size, signal);
  const view = new DataView(tail.buffer, tail.byteOffset, tail.length);
  let at = tail.length - END_BYTES;
  while (at >= 0 && view.getUint32(at, true) !== END) at--;
  if (at < 0) throw damaged('the list of its files is missing');
  const count = view.getUint16(at + 10, true);
  const length = view.getUint32(at + 12, true);
  const begin = view.getUint32(at + 16, true);
  if (count === 0xffff || length === TOO_LARGE || begin === TOO_LARGE) throw tooLarge();
  if (length > MAX_DIRECTORY_BYTES || begin + length > from + at || count * ENTRY_BYTES > length)
    throw damaged('the list of its files does not lie in it');
  return {count, begin, end: begin + length};
}

const tooLarge = () =>
  new ZipError('This zip file is larger than 4 GB. Unpack it and choose the folder instead.');

/** @throws {ZipError} on a path that could lead out of the folder that a zip file is unpacked into */
function checkPath(path: string): void {
  if (path === '' || /^[/\\]|^[A-Za-z]:|\\|\0/.test(path) || path.split('/').includes('..'))
    throw new ZipError(
      `This zip file holds the path “${shorten(path)}”, which leads out of its folder. Do not trust it.`,
    );
}

function readEntry(
  name: string,
  nameBytes: Uint8Array,
  view: DataView,
  at: number,
  directory: number,
): ZipEntry {
  const method = view.getUint16(at + 10, true);
  const packed = view.getUint32(at + 20, true);
  const size = view.getUint32(at + 24, true);
  const offset = view.getUint32(at + 42, true);
  if (view.getUint16(at + 8, true) & ENCRYPTED)
    throw withRemedy(new ZipError(`“${shorten(name)}” in this zip file is encrypted.`), UNPACK);
  if (method !== 0 && method !== 8)
    throw withRemedy(
      new ZipError(
        `“${shorten(name)}” in this zip file is compressed in a way that cannot be read here (method ${method}).`,
      ),
      UNPACK,
    );
  if ([packed, size, offset].includes(TOO_LARGE)) throw tooLarge();
  if (offset + LOCAL_BYTES + nameBytes.length + packed > directory)
    throw damaged(`“${shorten(name)}” does not lie in it`);
  if (method === 0 && packed !== size) throw damaged(`“${shorten(name)}” has two sizes`);
  if (size > BOMB_BYTES && size > BOMB_RATIO * packed)
    throw new ZipError(
      `“${shorten(name)}” in this zip file would become ${Math.round(size / packed)} times as large when unpacked. ` +
        'That is an attack, not a model.',
    );
  return {nameBytes, method, crc: view.getUint32(at + 16, true), packed, size, offset, limit: directory};
}

/** Sets how far each file may reach. @throws {ZipError} where two overlap: a few bytes could become terabytes. */
function limitEntries(entries: ZipEntry[], directory: number): void {
  entries.sort((a, b) => a.offset - b.offset);
  for (const [i, entry] of entries.entries()) {
    entry.limit = entries[i + 1]?.offset ?? directory;
    if (entry.offset + LOCAL_BYTES + entry.nameBytes.length + entry.packed > entry.limit)
      throw damaged('two of its files overlap');
  }
}
