/** Brings loss and gradient norm back without making the device wait: a few small buffers take turns. */
import {REPORT, type StepReport} from './report.js';

/** Reports that may be under way at once. */
const SLOTS = 4;
const BYTES = 8;

export class ReportReader {
  private readonly slots: Slot[];
  private next = 0;

  constructor(device: GPUDevice) {
    this.slots = Array.from({length: SLOTS}, () => new Slot(device));
  }

  /** A slot whose last report has been read. */
  async free(): Promise<Slot> {
    const slot = this.slots[this.next]!;
    this.next = (this.next + 1) % SLOTS;
    await slot.pending;
    return slot;
  }

  dispose(): void {
    for (const slot of this.slots) slot.buffer.destroy();
  }
}

class Slot {
  readonly buffer: GPUBuffer;
  /** Resolves when the report under way has been read. */
  pending: Promise<unknown> = Promise.resolve();

  constructor(device: GPUDevice) {
    this.buffer = device.createBuffer({
      label: 'report',
      size: BYTES,
      usage: GPUBufferUsage.COPY_DST | GPUBufferUsage.MAP_READ,
    });
  }

  copy(encoder: GPUCommandEncoder, report: GPUBuffer): void {
    encoder.copyBufferToBuffer(report, REPORT.loss * 4, this.buffer, 0, BYTES);
  }

  read(): Promise<StepReport> {
    const report = this.map();
    this.pending = report.catch(() => undefined);
    return report;
  }

  private async map(): Promise<StepReport> {
    await this.buffer.mapAsync(GPUMapMode.READ);
    const [loss, gradientNorm] = new Float32Array(this.buffer.getMappedRange()) as unknown as [
      number,
      number,
    ];
    this.buffer.unmap();
    return {loss, gradientNorm};
  }
}
