import type {LitElement} from 'lit';
import {TINY_SPEC} from '../../../engine/testing/in-process.js';
import type {LiveModel} from '../../../state/live-model.js';
import {getModel} from '../../../state/registry.js';
import type {ModelProvider} from '../../model/find-model.js';
import type {ElementHarness} from '../element-harness.js';
import {until} from '../until.js';
import {type ElementDeclaration, easiestSource, type Source} from './declaration.js';

export interface MountOptions<E> {
  source?: Source;
  properties?: Partial<E>;
  /** Styles of the box around the element. */
  style?: string;
}

export interface Mounted<E extends LitElement> {
  element: E;
  harness: ElementHarness<E>;
  box: HTMLElement;
}

const NAMED = 'contract-model';

/** A page with two tiny models, on which one element after another is put. All checks of a file share it. */
export class Stage<E extends LitElement = LitElement> {
  readonly declaration: ElementDeclaration<E>;
  readonly #page = document.createElement('div');
  readonly #models = new Map<string, ModelProvider>();

  constructor(declaration: ElementDeclaration<E>) {
    this.declaration = declaration;
    document.body.append(this.#page);
  }

  /** The model that `for` and `ancestor` lead to. */
  model(): Promise<LiveModel> {
    return this.#provide(NAMED);
  }

  /** The page's default model, replaced by a tiny one. */
  defaultModel(): Promise<LiveModel> {
    return this.#provide('default');
  }

  async #provide(id: string): Promise<LiveModel> {
    let provider = this.#models.get(id);
    if (!provider) {
      const made = document.createElement('gpt-model') as ModelProvider & LitElement;
      const {corpus, config, seed} = TINY_SPEC;
      Object.assign(made, {id, backendChoice: 'cpu', seed, configChoice: config, corpus});
      this.#models.set(id, made);
      document.body.append(made);
      provider = made;
      await made.updateComplete;
    }
    await provider.live.ready;
    return provider.live;
  }

  /** Puts the element on the page, with its data; does not wait for anything to be drawn. */
  async put({source, properties, style = ''}: MountOptions<E> = {}): Promise<Mounted<E>> {
    const {tag, attributes = {}, given, harness: Harness} = this.declaration;
    const from = source ?? easiestSource(this.declaration as unknown as ElementDeclaration);
    const element = document.createElement(tag) as E;
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    if (from === 'given') Object.assign(element, given!());
    if (from === 'for') element.setAttribute('for', NAMED);
    Object.assign(element, properties);
    const box = document.createElement('div');
    box.style.cssText = style;
    box.append(element);
    if (from === 'for' || from === 'ancestor') await this.model();
    if (from === 'default') await this.defaultModel();
    (from === 'ancestor' ? this.#models.get(NAMED)! : this.#page).append(box);
    await element.updateComplete;
    return {element, harness: new Harness(element), box};
  }

  /** Puts the element on the page and waits until it is drawn. */
  async mount(options: MountOptions<E> = {}): Promise<Mounted<E>> {
    const mounted = await this.put(options);
    await mounted.harness.drawn();
    return mounted;
  }

  /** Takes everything off the page but the models. */
  clear(): void {
    this.#page.replaceChildren();
    this.#models.get(NAMED)?.replaceChildren();
  }

  /** Frees the models too, and waits until their names are free. */
  async close(): Promise<void> {
    this.clear();
    this.#page.remove();
    const names = [...this.#models.values()].map(({live}) => live.name);
    for (const model of this.#models.values()) model.remove();
    this.#models.clear();
    await until(() => names.every((name) => !getModel(name)), 'the end of the models');
  }
}

/** Replaces some weights of a model: views have to look again. */
export async function changeWeights(model: LiveModel): Promise<void> {
  const name = 'ln_f.weight';
  const tensor = (await model.weights([name])).get(name)!;
  const data = Float32Array.from(tensor.data as Float32Array, (value) => value * 1.01);
  await model.setWeights({[name]: {...tensor, data}});
}
