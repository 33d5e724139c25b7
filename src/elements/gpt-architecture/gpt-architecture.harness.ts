import {ElementHarness} from '../../ui/testing/element-harness.js';
import {words} from '../../ui/testing/words.js';
import type {GptArchitecture} from './gpt-architecture.js';

/** What a reader can do with `<gpt-architecture>` and see of it: for tests and stories. */
export class GptArchitectureHarness extends ElementHarness<GptArchitecture> {
  override get isDrawn(): boolean {
    return super.isDrawn && this.has('canvas') && this.has('[role="treeitem"]') && this.#isOnStage;
  }

  /** Whether the stage that is asked for has been loaded. */
  get #isOnStage(): boolean {
    const {stage, withoutWalkthrough} = this.element;
    return !stage || withoutWalkthrough || this.has('.walkthrough.open');
  }

  /** The ids of all parts, in the order of the tree. */
  get parts(): string[] {
    return this.all('[role="treeitem"]').map(({dataset}) => dataset.part!);
  }

  /** The part that is selected. */
  get selected(): string {
    return this.field<HTMLElement>('[aria-selected="true"]').dataset.part!;
  }

  /** What a part says of itself. */
  spoken(part: string): string {
    return this.#item(part).ariaLabel!;
  }

  /** How wide a part is on the map, in pixels. */
  width(part: string): number {
    return this.#item(part).offsetWidth;
  }

  async choose(part: string): Promise<void> {
    this.#item(part).click();
    await this.element.updateComplete;
  }

  /** Presses keys in the tree, one after another. */
  async move(...keys: string[]): Promise<void> {
    for (const key of keys) await this.keys(this.#item(this.selected), key);
  }

  /** The candidates for the next token, as the tree tells them. */
  get candidates(): string[] {
    return this.parts.filter((part) => /^next\.\d+$/.test(part)).map((part) => this.spoken(part));
  }

  /** The stage on show, as it is told. */
  get sentence(): string {
    return this.words('.sentence');
  }

  /** Presses keys on the walkthrough. */
  step(...keys: string[]): Promise<void> {
    return this.keys(this.field<HTMLElement>('.walkthrough button:not(:disabled)'), ...keys);
  }

  /** The numbers of the tensor on show. */
  get cells(): number[] {
    return this.all('.cell').map((cell) => toNumber(words(cell).split(' ').at(-1)!));
  }

  /** The number whose sum is shown, and the sum. */
  get arithmetic(): string {
    return this.words('[part="arithmetic"]');
  }

  /** The number whose sum is shown, as the sum gives it. */
  get sum(): number {
    return toNumber(/ = (−?[\d.,]+(?: × 10\S+)?|−∞)/.exec(this.arithmetic)![1]!);
  }

  /** Waits for the numbers of this tensor. */
  opened(tensor: string): Promise<void> {
    return this.until(() => this.has(`.cells[aria-label^="Numbers of ${tensor} "]`), tensor);
  }

  /** Presses keys where the focus is. */
  async pressFocused(...keys: string[]): Promise<void> {
    for (const key of keys) await this.keys(this.root.activeElement as HTMLElement, key);
  }

  /** The matrices of the product on show, as they are announced; none where a stage computes no product. */
  get matrices(): string[] {
    return this.all('.product-block').map((block) => block.ariaLabel!);
  }

  /** Moves through the numbers of the product by keys. */
  moveInProduct(...keys: string[]): Promise<void> {
    return this.keys(this.field<HTMLElement>('.product-block.y'), ...keys);
  }

  /** The highlighted number of the product, as it is announced. */
  get productNumber(): string {
    const id = this.field('.product-block.y').getAttribute('aria-activedescendant');
    const cell = this.field<HTMLElement>(`#${id}`);
    return cell.ariaLabel ?? words(cell);
  }

  /** The parts of an attribution with what each adds; the last one is the logit. */
  get attribution(): [string, number][] {
    return this.rowTexts('.attribution tr').map(([name, , value]) => [name!, toNumber(value!)]);
  }

  #item(part: string): HTMLElement {
    return this.field<HTMLElement>(`[data-part="${part}"]`);
  }
}

/** Reads a number as readers see it: “−0.31”, “2.50 × 10⁻⁷”, “−∞”. */
function toNumber(text: string): number {
  const [factor, power] = text.replace(',', '').replace('∞', 'Infinity').split(' × 10') as [string, string?];
  const exponent = [...(power ?? '')].map((c) => (c === '⁻' ? '-' : '⁰¹²³⁴⁵⁶⁷⁸⁹'.indexOf(c))).join('');
  return Number(factor.replace('−', '-')) * 10 ** Number(exponent);
}
