/** Records first states: what elements ask of their models, and their pictures. */
import type {GptModel} from '../../src/elements/gpt-model/gpt-model.js';
import type {EngineConnection} from '../../src/engine/page/connection.js';
import type {ModelSpec} from '../../src/engine/protocol.js';
import {LiveModel} from '../../src/state/live-model.js';
import type {ModelRecord} from '../../src/state/record.js';
import {DEFAULT_SPEC} from '../../src/state/registry.js';
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

export class Recorder {
  readonly #notes = new Notes();
  readonly #models = new Map<string, LiveModel>();
  readonly #colors: PageColors;
  readonly #connection: EngineConnection;

  constructor(colors: PageColors = {}) {
    this.#colors = colors;
    this.#connection = {...connectNoting(this.#notes), release: () => {}};
  }

  /** Records what an element shows at first. */
  async record(
    {name, attributes, model}: Pick<Figure, 'name' | 'attributes' | 'model'>,
    widths: readonly number[],
  ): Promise<Recorded> {
    const live = this.#modelOf(specOf(model));
    this.#notes.take();
    const pictures: Recorded['pictures'] = [];
    let label = '';
    for (const width of widths) {
      const element = new RecordedElement(name, attributes, live, this.#notes, width);
      await element.settled();
      const drawn: (string | undefined)[] = [];
      for (const scheme of ['light', 'dark'] as const) {
        setTheme(themeOf(scheme, this.#colors));
        drawn.push(await element.picture());
      }
      label = element.lead;
      element.end();
      const [light, dark] = drawn;
      if (light && dark) pictures.push({width, svg: lightDark(light, dark)});
    }
    const {spec, facts} = live;
    return {model: {spec, facts, answers: {}}, answers: {spec, answers: this.#notes.take()}, pictures, label};
  }

  #modelOf(spec: ModelSpec): LiveModel {
    const key = JSON.stringify(spec);
    const known = this.#models.get(key);
    if (known) return known;
    const made = new LiveModel(`recorded-${this.#models.size}`, spec, () => this.#connection, {
      backend: 'cpu',
    });
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
