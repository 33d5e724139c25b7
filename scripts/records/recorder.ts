/** Records first states: what elements ask of their models, and their pictures. */
import {setMaxListeners} from 'node:events';
import type {GptModel} from '../../src/elements/gpt-model/gpt-model.js';
import type {EngineConnection} from '../../src/engine/page/connection.js';
import type {ModelSpec} from '../../src/engine/protocol.js';
import {LiveModel} from '../../src/state/live-model.js';
import type {ModelRecord, RecordedRun} from '../../src/state/record.js';
import {DEFAULT_SPEC} from '../../src/state/registry.js';
import {compact} from './compact.js';
import {RecordedElement} from './element.js';
import {connectNoting, Notes} from './engine.js';
import type {Figure} from './figures.js';
import {lightDark} from './light-dark.js';
import {type PageColors, setTheme, themeOf} from './theme.js';

export interface Recorded {
  /** The model alone; its answers are in `answers`. */
  model: ModelRecord;
  answers: ModelRecord;
  /** An SVG for each width that was asked for; none where the element has no picture. */
  pictures: {width: number; svg: string}[];
  /** What the element shows, in a sentence for those who cannot see the pictures. */
  label: string;
}

export interface RecordedSpecRun {
  spec: ModelSpec;
  history: RecordedRun;
}

/** What they show of a model is its run. */
const OF_RUNS = ['gpt-trainer', 'loss-chart'];

export class Recorder {
  readonly #notes = new Notes();
  readonly #recorded = new Map<string, Promise<Recorded>>();
  readonly #models = new Map<string, LiveModel>();
  readonly #colors: PageColors;
  readonly #runs: readonly RecordedSpecRun[];
  readonly #connection: EngineConnection;

  /** @param runs Recorded runs, for the figures that show how a model learns. */
  constructor(colors: PageColors = {}, runs: readonly RecordedSpecRun[] = []) {
    this.#colors = colors;
    this.#runs = runs;
    this.#connection = {...connectNoting(this.#notes), release: () => {}};
  }

  /** Records what an element shows at first; the same figure on another page is recorded once. */
  record(
    figure: Pick<Figure, 'name' | 'attributes' | 'model'>,
    widths: readonly number[],
  ): Promise<Recorded> {
    const {id: _, for: __, class: ___, ...attributes} = figure.attributes;
    const key = JSON.stringify([figure.name, attributes, figure.model, widths]);
    const recording = this.#recorded.get(key) ?? this.#record({...figure, attributes}, widths);
    this.#recorded.set(key, recording);
    return recording;
  }

  async #record(
    {name, attributes, model}: Pick<Figure, 'name' | 'attributes' | 'model'>,
    widths: readonly number[],
  ): Promise<Recorded> {
    const live = this.#modelOf(specOf(model));
    this.#notes.take();
    const run = OF_RUNS.includes(name) ? this.#runOf(live.spec) : undefined;
    if (run) {
      await live.ready;
      live.addRecord({spec: live.spec, answers: {}, run});
    }
    const pictures: Recorded['pictures'] = [];
    let label = '';
    for (const width of widths) {
      const own = model ? {...attributes, for: 'recorded'} : attributes; // some show something else without a model
      const element = new RecordedElement(name, own, live, width);
      await element.settled();
      const drawn: (string | undefined)[] = [];
      for (const scheme of ['light', 'dark'] as const) {
        setTheme(themeOf(scheme, this.#colors));
        drawn.push(await element.picture());
      }
      label = element.lead;
      element.end();
      const [light, dark] = drawn;
      if (light?.includes('NaN'))
        throw new Error(`The picture of <${name}> has coordinates that are no numbers.`);
      if (light && dark) pictures.push({width, svg: compact(lightDark(light, dark))});
    }
    const {spec} = live;
    const facts = live.facts && {...live.facts, runId: undefined}; // another run than any of a reader
    return {
      model: {spec, facts, answers: {}},
      answers: {spec, answers: this.#notes.take(), run},
      pictures,
      label,
    };
  }

  /** The recorded run of such a model, with every other step: a chart is not wide enough for more. */
  #runOf(spec: ModelSpec): RecordedRun | undefined {
    const found = this.#runs.find((run) => JSON.stringify(run.spec) === JSON.stringify(spec))?.history;
    return found && {...found, steps: found.steps.filter((_, i, {length}) => (length - 1 - i) % 2 === 0)};
  }

  #modelOf(spec: ModelSpec): LiveModel {
    const key = JSON.stringify(spec);
    const known = this.#models.get(key);
    if (known) return known;
    const made = new LiveModel(`recorded-${this.#models.size}`, spec, () => this.#connection, {
      backend: 'cpu',
    });
    setMaxListeners(0, made); // all figures of the site, one after another
    this.#models.set(key, made);
    return made;
  }
}

/** The model that the attributes of a `<gpt-model>` ask for; the default one without any. */
function specOf(attributes: Record<string, string> | undefined): ModelSpec {
  if (!attributes) return DEFAULT_SPEC;
  const element = document.createElement('gpt-model') as GptModel;
  for (const [name, value] of Object.entries(attributes)) element.attributeChangedCallback(name, null, value);
  return element.live.spec;
}
