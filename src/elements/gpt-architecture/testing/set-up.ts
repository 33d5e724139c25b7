/** Elements for tests: with given values, and of a tiny model. */
import {fixture, html} from '@open-wc/testing';
import {TINY_SPEC} from '../../../engine/testing/in-process.js';
import '../../gpt-model/gpt-model.js';
import type {GptModel} from '../../gpt-model/gpt-model.js';
import '../gpt-architecture.js';
import {GptArchitectureHarness} from '../gpt-architecture.harness.js';
import type {GptArchitecture} from '../gpt-architecture.js';
import {givenValues} from './given-values.js';

export async function setUp(attributes: Partial<GptArchitecture> = {}) {
  const element = await fixture<GptArchitecture>(
    html`<gpt-architecture .style="width: 1000px" .values=${givenValues()}></gpt-architecture>`,
  );
  Object.assign(element, attributes);
  const harness = new GptArchitectureHarness(element);
  await harness.drawn();
  return {element, harness};
}

/** The tiny model, and a map of it on a short text. */
export async function setUpModel(width = 1000) {
  const {corpus, config, seed} = TINY_SPEC;
  const model = await fixture<GptModel>(html`<gpt-model></gpt-model>`);
  Object.assign(model, {backendChoice: 'cpu', seed, configChoice: config, corpus});
  await model.updateComplete;
  const element = document.createElement('gpt-architecture');
  element.text = 'one two';
  element.style.width = `${width}px`;
  model.append(element);
  const harness = new GptArchitectureHarness(element);
  await harness.drawn();
  return {model, element, harness};
}
