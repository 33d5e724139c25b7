import type {ReactiveController, ReactiveControllerHost} from 'lit';
import type {LiveModel} from '../../state/live-model.js';
import {VisibleController} from '../base/visible-controller.js';
import {loadedModels, loadModels} from './default-model.js';
import {type FoundModel, followModel} from './find-model.js';

/** An element that shows a model. */
export interface ModelHost extends ReactiveControllerHost, HTMLElement {
  for: string;
  /** Addresses of recorded answers to show until the engine runs. Empty: none. */
  recorded?: string;
}

/** How many hosts show a model. */
const hosts = new WeakMap<LiveModel, number>();

/** The page's default model is freed when the last element that shows it has gone, and not just moved. */
function count(model: LiveModel | undefined, change: 1 | -1): void {
  if (!model) return;
  hosts.set(model, (hosts.get(model) ?? 0) + change);
  const models = loadedModels();
  if (change === -1 && models?.isLone(model))
    setTimeout(() => {
      if (hosts.get(model) === 0) void models.removeModel(model);
    });
}

/**
 * Finds the host's model and follows it for as long as the host is in the page, and asks the host to render again when any of `events` says that the model changed.
 * Finding it starts nothing: the engine starts when the host first asks the model for something. The page's default model
 * is made when a host first needs it. A host that has a record gets its model when it is seen and the record has come, so
 * that it asks for nothing before.
 */
export class ModelController implements ReactiveController {
  model?: LiveModel;
  /** Why no model was found, for the reader. */
  problem?: string;

  /** The id that is being followed; undefined while the host is not in the page. */
  #followed?: string;
  #unfollow?: () => void;
  readonly #host: ModelHost;
  readonly #events: readonly string[];
  readonly #onModel?: (model: LiveModel | undefined) => void;
  /** The model that was found last; it is used once the host is seen and the record has come. */
  #found?: LiveModel;
  #visible?: VisibleController;
  /** Whether the page's default model is meant. */
  #isDefault = false;
  #loading = false;
  readonly #isNeeded: () => boolean;
  readonly #waiting: ((model: LiveModel) => void)[] = [];

  /** @param isNeeded Whether the host would ask a model for something. Until then, the page's default model is not made. */
  constructor(
    host: ModelHost,
    events: readonly string[],
    onModel?: (model: LiveModel | undefined) => void,
    isNeeded: () => boolean = () => true,
  ) {
    this.#host = host;
    this.#events = events;
    this.#onModel = onModel;
    this.#isNeeded = isNeeded;
    host.addController(this);
  }

  /** Tries again, where the code of the default model did not arrive; undefined where that would not help. */
  get retry(): (() => void) | undefined {
    return this.problem && this.#isDefault ? this.#retry : undefined;
  }

  hostConnected(): void {
    this.#follow();
  }

  hostUpdate(): void {
    if (!this.#host.isConnected) return;
    if (this.#followed !== this.#host.for) this.#follow();
    const isMissing = this.#isDefault && !this.#found && !this.problem && !this.#loading;
    if (isMissing && this.#isNeeded()) void this.#load();
  }

  hostDisconnected(): void {
    this.#unfollow?.();
    this.#unfollow = this.#followed = this.#found = undefined;
    this.#use(undefined);
  }

  #follow(): void {
    this.#unfollow?.();
    this.#followed = this.#host.for;
    this.#unfollow = followModel(this.#host, this.#followed, this.#onFound);
  }

  #retry = (): void => {
    this.problem = undefined;
    this.#host.requestUpdate();
  };

  /** Takes the page's default model, whose code has to be loaded first. */
  async #load(): Promise<void> {
    this.#loading = true;
    let problem: string | undefined;
    await loadModels().catch((error: Error) => (problem = error.message));
    this.#loading = false;
    if (!this.#isDefault || this.#followed === undefined) return; // it follows another now, or is gone
    this.#onFound({model: loadedModels()?.defaultModel(), problem, isDefault: true});
  }

  #onFound = ({model, problem, isDefault = false}: FoundModel): void => {
    this.problem = problem;
    this.#isDefault = isDefault;
    this.#found = model;
    void this.#take();
    this.#host.requestUpdate();
  };

  /** Uses the model that was found, as soon as its record has come. */
  async #take(): Promise<void> {
    const found = this.#found;
    const {recorded} = this.#host;
    const isOpen = found?.facts && !found.isRecorded;
    if (found && found !== this.model && recorded && !isOpen) {
      this.#visible ??= new VisibleController(this.#host, () => void this.#take());
      if (!this.#visible.visible) return;
      // Without them the engine computes what they would have held.
      await import('./records.js').then(({addRecords}) => addRecords(found, recorded)).catch(() => {});
      if (found !== this.#found || !this.#host.isConnected) return;
    }
    this.#use(found);
    this.#host.requestUpdate();
  }

  #use(model: LiveModel | undefined): void {
    if (model === this.model) return;
    for (const event of this.#events) this.model?.removeEventListener(event, this.#changed);
    count(model, 1);
    count(this.model, -1);
    this.model = model;
    for (const event of this.#events) model?.addEventListener(event, this.#changed);
    this.#onModel?.(model);
    if (model) for (const resolve of this.#waiting.splice(0)) resolve(model);
  }

  /** Resolves with the model, once it is found. */
  whenFound(): Promise<LiveModel> {
    return this.model ? Promise.resolve(this.model) : new Promise((resolve) => this.#waiting.push(resolve));
  }

  #changed = (): void => this.#host.requestUpdate();
}
