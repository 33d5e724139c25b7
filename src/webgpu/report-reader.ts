/**
 * Brings losses and gradient norms back without making the device wait. Every step's report is copied to a place on a page, in the step's
 * own submission; reading one report reads every report of its page. While one page is read, another is written.
 */
import {REPORT, type StepReport} from './report.js';

/** Reports a page, and pages. */
const PLACES = 64;
const PAGES = 3;
const BYTES = 8;

export interface ReportPlace {
  /** Puts the device's report there, as a part of a submission. */
  copy(encoder: GPUCommandEncoder, report: GPUBuffer): void;
  /** The report, once the device has done that; other places of the page are read with it. */
  read(): Promise<StepReport>;
}

export class ReportReader {
  readonly #pages: Page[];
  #turn = 0;

  constructor(device: GPUDevice) {
    this.#pages = Array.from({length: PAGES}, () => new Page(device));
  }

  /** A place for the next report. Waits only where all pages are being read. */
  async free(): Promise<ReportPlace> {
    let page = this.#pages[this.#turn]!;
    if (page.closed) {
      this.#turn = (this.#turn + 1) % PAGES;
      page = this.#pages[this.#turn]!;
      await page.open();
    }
    return page.place();
  }

  dispose(): void {
    for (const page of this.#pages) page.buffer.destroy();
  }
}

/** What is written on a page between two readings. */
interface Filling {
  taken: number;
  /** Its numbers, once somebody has asked for one of them. */
  numbers?: Promise<Float32Array>;
}

class Page {
  readonly buffer: GPUBuffer;
  #filling: Filling = {taken: 0};

  constructor(device: GPUDevice) {
    this.buffer = device.createBuffer({
      label: 'reports',
      size: PLACES * BYTES,
      usage: GPUBufferUsage.COPY_DST | GPUBufferUsage.MAP_READ,
    });
  }

  /** Whether nothing more can be written on it. */
  get closed(): boolean {
    return this.#filling.numbers !== undefined || this.#filling.taken === PLACES;
  }

  /** Starts it afresh, after it has been read. */
  async open(): Promise<void> {
    if (this.#filling.taken > 0) await this.#read(this.#filling).catch(() => undefined);
    this.#filling = {taken: 0};
  }

  place(): ReportPlace {
    const filling = this.#filling;
    const first = 2 * filling.taken++;
    return {
      copy: (encoder, report) => {
        encoder.copyBufferToBuffer(report, REPORT.loss * 4, this.buffer, first * 4, BYTES);
      },
      read: async () => {
        const numbers = await this.#read(filling);
        return {loss: numbers[first]!, gradientNorm: numbers[first + 1]!};
      },
    };
  }

  #read(filling: Filling): Promise<Float32Array> {
    return (filling.numbers ??= this.#map());
  }

  async #map(): Promise<Float32Array> {
    await this.buffer.mapAsync(GPUMapMode.READ);
    const numbers = new Float32Array(this.buffer.getMappedRange().slice(0));
    this.buffer.unmap();
    return numbers;
  }
}
