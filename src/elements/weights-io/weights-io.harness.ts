import {ElementHarness} from '../../ui/testing/element-harness.js';
import {words} from '../../ui/testing/words.js';
import type {WeightsIo} from './weights-io.js';

/** What a reader can do with `<weights-io>` and see of it: for tests and stories. */
export class WeightsIoHarness extends ElementHarness<WeightsIo> {
  /** Presses a Download button; returns the file that the browser is handed. */
  async download(name: string): Promise<File> {
    const {createObjectURL} = URL;
    const {click} = HTMLAnchorElement.prototype;
    let blob: Blob | undefined;
    try {
      return await new Promise<File>((resolve) => {
        URL.createObjectURL = (object: Blob | MediaSource) => {
          blob = object as Blob;
          return createObjectURL(object);
        };
        HTMLAnchorElement.prototype.click = function (this: HTMLAnchorElement) {
          resolve(new File([blob!], this.download));
        };
        void this.click(`button[aria-label="Download ${name}"]`);
      });
    } finally {
      URL.createObjectURL = createObjectURL;
      HTMLAnchorElement.prototype.click = click;
    }
  }

  /** Chooses files as the browser's dialog does. */
  async choose(...files: File[]): Promise<void> {
    const transfer = new DataTransfer();
    for (const file of files) transfer.items.add(file);
    const input = this.field<HTMLInputElement>('input[name="files"]');
    input.files = transfer.files;
    input.dispatchEvent(new Event('change'));
    await this.element.updateComplete;
  }

  /** Points at the first area with this label. */
  async pointAt(label: string): Promise<void> {
    const area = this.all('.areas .tensor').find((one) => words(one).startsWith(label))!;
    area.dispatchEvent(new PointerEvent('pointerenter'));
    await this.element.updateComplete;
  }

  /** Rows of the comparison: tensor, shape, distance. */
  get distances(): string[][] {
    return this.all('.distances tbody tr').map((row) =>
      [...row.children].slice(0, 3).map((cell) => cell.textContent!.trim()),
    );
  }

  async settled(): Promise<void> {
    await this.until(() => this.words('.work .message') === '', 'the end of the work');
  }
}
