import {ElementHarness, type Key} from '../../ui/testing/element-harness.js';
import {words} from '../../ui/testing/words.js';
import {chartFrame} from '../../viz/lines.js';
import type {WhyAttention} from './why-attention.js';

/** What a reader sees of the comparison and does to it, for tests and stories. */
export class WhyAttentionHarness extends ElementHarness<WhyAttention> {
  override get isDrawn(): boolean {
    return super.isDrawn && this.tokens.length > 0 && (!this.has('[part=bottleneck]') || this.computed);
  }

  /** The tokens of the text, spaces visible. */
  get tokens(): string[] {
    return this.all('.tale .token').map((token) => token.textContent!);
  }

  /** The words that have to look back. */
  get looking(): string[] {
    return this.all('.tale .looks').map((token) => token.textContent!);
  }

  get chosen(): string | undefined {
    return this.one('.tale [aria-pressed="true"]')?.textContent ?? undefined;
  }

  /** What the chosen word refers to. */
  get mentions(): string[] {
    return this.all('.tale .mention').map((token) => token.textContent!);
  }

  /** Arcs that lead somewhere. */
  get arcs(): string[] {
    return this.all('.arcs path').flatMap((path) => path.getAttribute('d') ?? []);
  }

  /** What is chosen; and what the recurrent network comes to. */
  get readouts(): string[] {
    return this.all('.readout').map(words);
  }

  /** “layer 1, head 1” and its share as it is written; the last is an even spread's. */
  get heads(): [name: string, share: string][] {
    return this.all('.heads tbody tr').map((row) => [
      row.querySelector('th')!.textContent!,
      row.querySelector('.number')!.textContent!,
    ]);
  }

  get best(): string {
    return this.field('.heads .best th').textContent!;
  }

  /** The rows of the table of all numbers. */
  get allNumbers(): string[][] {
    return this.rowTexts('.numbers tbody tr');
  }

  /** The rows of the table of many tales. */
  get survey(): string[][] {
    return this.rowTexts('.survey tbody tr');
  }

  /** What a chart says to those who do not see it. */
  chart(name: 'shares' | 'felt'): string {
    return this.field(`.${name}.chart`).ariaLabel!;
  }

  get computed(): boolean {
    return this.readouts.length === 2 && !this.readouts[1]!.includes('Computing');
  }

  async choose(index: number): Promise<void> {
    this.all('.tale .looks')[index]!.click();
    await this.element.updateComplete;
  }

  /** Presses keys where the focus is in the tale. */
  async key(...keys: Key[]): Promise<void> {
    for (const key of keys)
      await this.keys(
        (this.root.activeElement as HTMLElement | null) ?? this.field<HTMLElement>('.tale'),
        key,
      );
  }

  /** Clicks on the chart of shares, where a mention so far back with such a share has its dot. */
  async clickDot(distance: number, share: number): Promise<void> {
    const canvas = this.field<HTMLElement>('.shares.chart');
    const axis = {label: '', format: String};
    const x = {...axis, domain: [0, this.tokens.length - 1] as const};
    const y = {...axis, domain: [0, 1] as const};
    const {width, height, left, top} = canvas.getBoundingClientRect();
    const frame = chartFrame({x, y, series: [], references: [], pins: []}, width, height);
    const [clientX, clientY] = [left + frame.x(distance), top + frame.y(share)];
    canvas.dispatchEvent(new MouseEvent('click', {clientX, clientY, bubbles: true}));
    await this.element.updateComplete;
  }

  setRadius(radius: number): Promise<void> {
    return this.enter('input[type=range]', radius);
  }
}
