import type {ReactiveController, ReactiveControllerHost} from 'lit';
import type {LiveModel} from '../../state/live-model.js';
import {isLone, removeModel} from '../../state/registry.js';
import {type FoundModel, followModel} from './find-model.js';

/** An element that shows a model. */
export interface ModelHost extends ReactiveControllerHost, HTMLElement {
  for: string;
}

/** How many hosts show a model. */
const hosts = new WeakMap<LiveModel, number>();

/** The page's default model is freed when the last element that shows it has gone, and not just moved. */
function count(model: LiveModel | undefined, change: 1 | -1): void {
  if (!model) return;
  hosts.set(model, (hosts.get(model) ?? 0) + change);
  if (change === -1 && isLone(model))
    setTimeout(() => {
      if (hosts.get(model) === 0) void removeModel(model);
    });
}

/**
 * Finds the host's model and follows it for as long as the host is in the page, and asks the host to render again when any of `events` says that the model changed.
 * Finding it starts nothing: the engine starts when the host first asks the model for something.
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

  constructor(host: ModelHost, events: readonly string[], onModel?: (model: LiveModel | undefined) => void) {
    this.#host = host;
    this.#events = events;
    this.#onModel = onModel;
    host.addController(this);
  }

  hostConnected(): void {
    this.#follow();
  }

  hostUpdate(): void {
    if (this.#host.isConnected && this.#followed !== this.#host.for) this.#follow();
  }

  hostDisconnected(): void {
    this.#unfollow?.();
    this.#unfollow = this.#followed = undefined;
    this.#use(undefined);
  }

  #follow(): void {
    this.#unfollow?.();
    this.#followed = this.#host.for;
    this.#unfollow = followModel(this.#host, this.#followed, this.#found);
  }

  #found = ({model, problem}: FoundModel): void => {
    this.problem = problem;
    this.#use(model);
    this.#host.requestUpdate();
  };

  #use(model: LiveModel | undefined): void {
    if (model === this.model) return;
    for (const event of this.#events) this.model?.removeEventListener(event, this.#changed);
    count(model, 1);
    count(this.model, -1);
    this.model = model;
    for (const event of this.#events) model?.addEventListener(event, this.#changed);
    this.#onModel?.(model);
  }

  #changed = (): void => this.#host.requestUpdate();
}
