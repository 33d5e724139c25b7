import {html, type ReactiveController, type ReactiveControllerHost, type TemplateResult} from 'lit';
import {live} from 'lit/directives/live.js';
import {whole} from '../../ui/base/whole.js';
import {renderOptions} from '../../ui/views/options.js';

export interface PlayerHost extends ReactiveControllerHost, HTMLElement {
  /** How many merges are on show, and how many there are. */
  readonly step: number;
  readonly learned: number;
  /** Merges per second. */
  speed: number;
  show(step: number): void;
}

const SPEEDS = [1, 4, 16, 64];
/** Milliseconds between two updates; faster playing takes several merges at once. */
const MIN_INTERVAL_MS = 60;

/** Steps through the merges. */
export class Player implements ReactiveController {
  #timer?: ReturnType<typeof setInterval>;
  readonly #host: PlayerHost;

  constructor(host: PlayerHost) {
    this.#host = host;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.pause();
  }

  get playing(): boolean {
    return this.#timer !== undefined;
  }

  play(): void {
    const host = this.#host;
    if (host.step >= host.learned) host.show(0);
    this.pause();
    const perSecond = Math.max(0.1, host.speed || 1);
    const every = Math.max(MIN_INTERVAL_MS, 1000 / perSecond);
    const merges = Math.max(1, Math.round((perSecond * every) / 1000));
    this.#timer = setInterval(() => {
      host.show(host.step + merges);
      if (host.step >= host.learned) this.pause();
    }, every);
    host.requestUpdate();
  }

  pause = (): void => {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#host.requestUpdate();
  };

  /** Pauses and shows a step. */
  go(step: number): void {
    this.pause();
    this.#host.show(step);
  }
}

export function renderPlayer(host: PlayerHost, player: Player, ready: boolean): TemplateResult {
  const {step, learned} = host;
  const setSpeed = (event: Event) => {
    host.speed = Number((event.target as HTMLSelectElement).value);
    if (player.playing) player.play();
  };
  const button = (label: string, to: number, disabled: boolean) =>
    html`<button aria-disabled=${!ready || disabled} @click=${() => ready && !disabled && player.go(to)}>${label}</button>`;
  const speeds = [...new Set([...SPEEDS, host.speed])].sort((a, b) => a - b);
  return html`<div class="controls player" part="player">
    ${button('First', 0, step <= 0)} ${button('Back', step - 1, step <= 0)}
    <button class="primary play" ?disabled=${!ready || learned === 0} @click=${() => (player.playing ? player.pause() : player.play())}>
      ${player.playing ? 'Pause' : 'Play'}
    </button>
    ${button('Next', step + 1, step >= learned)} ${button('Last', learned, step >= learned)}
    <label class="jump"
      ><span class="visually-hidden">Merges shown</span>
      <input
        type="range"
        min="0"
        max=${learned}
        .value=${live(`${step}`)}
        ?disabled=${!ready}
        @input=${(event: Event) => player.go((event.target as HTMLInputElement).valueAsNumber)}
      />
      <output>${whole(step)} of ${whole(learned)} merges</output></label
    >
    <label class="speed"
      >Speed
      <select @change=${setSpeed}>
        ${renderOptions(
          speeds.map((speed) => [speed, `${speed} per second`]),
          host.speed,
        )}
      </select></label
    >
  </div>`;
}
