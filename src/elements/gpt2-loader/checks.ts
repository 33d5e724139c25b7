/** What the chosen model needs, and whether the browser and the device have it. */
import {html, type TemplateResult} from 'lit';
import type {KeptDownload} from '../../state/downloads.js';
import {bytes, count} from '../../ui/base/format.js';
import {fitsMemory, fitsStorage, type Gpt2Size, type Room, TINY_TALES} from './sizes.js';

/** A sign for what fits, for what does not, and for what only the engine will know. */
const SIGNS = {true: ['✓', 'fits'], false: ['✗', 'unfit'], undefined: ['·', '']} as const;

const line = (fits: boolean | undefined, name: string, words: string): TemplateResult => {
  const [sign, kind] = SIGNS[`${fits}`];
  return html`<li class=${kind}><span class="sign" aria-hidden="true">${sign}</span><span><b>${name}</b> ${words}</span></li>`;
};

function storageLine({file}: Gpt2Size, room: Room, kept: KeptDownload | undefined): TemplateResult {
  if (kept?.complete) return line(true, bytes(kept.total), 'kept in this browser: nothing to download');
  const missing = kept?.kept ? kept.total - kept.kept : file;
  const fits = fitsStorage(missing, room);
  const name = kept?.kept ? `${bytes(missing)} of ${bytes(kept.total)}` : bytes(missing);
  const here = kept?.kept ? 'left to download' : 'to download';
  const stores = room.storage === undefined ? '' : `, of ${bytes(room.storage)} that the browser can keep`;
  if (fits === false)
    return line(
      false,
      name,
      `${here}: more than the browser can keep${stores && ` (${bytes(room.storage!)})`}`,
    );
  return line(fits, name, `${here}, once${stores}`);
}

function memoryLine({memory}: Gpt2Size, room: Room): TemplateResult {
  const fits = fitsMemory(memory, room);
  if (fits === false)
    return line(
      false,
      bytes(memory),
      `of memory: more than this device holds (${bytes(room.memory!.total)})`,
    );
  return line(
    fits,
    bytes(memory),
    fits ? 'of memory: fits this device' : 'of memory: checked when you load it, before the download',
  );
}

export function renderChecks(size: Gpt2Size, room: Room, kept: KeptDownload | undefined): TemplateResult {
  const times = Math.round(size.parameters / TINY_TALES.parameters);
  return html`<ul class="checks">
    ${line(undefined, count(size.parameters), `parameters: ${times.toLocaleString('en')} × ${TINY_TALES.name}`)}
    ${storageLine(size, room, kept)} ${memoryLine(size, room)}
  </ul>`;
}

/** The answer to whether it runs here, as far as it is known. */
export function verdictOf(size: Gpt2Size, room: Room): string {
  const fits = [fitsMemory(size.memory, room), fitsStorage(size.file, room)];
  if (fits.includes(false)) return `No: ${size.name} is too large`;
  return fits.includes(undefined) ? size.name : `Yes: ${size.name} fits`;
}

/** Whether the device is known to be too small. */
export const isTooLarge = ({memory}: Gpt2Size, room: Room): boolean => fitsMemory(memory, room) === false;
