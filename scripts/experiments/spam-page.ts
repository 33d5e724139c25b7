/** The browser's part of `spam.mjs`: trains a classifier on spam and ham messages in the engine, as a page does. */
import {SPAM_CLASSES, spamHam} from '../../src/data/spam-ham/index.js';
import {attribute} from '../../src/elements/classifier-trainer/attribution.js';
import {readHead, readNext} from '../../src/elements/classifier-trainer/head.js';
import {PAIR} from '../../src/elements/classifier-trainer/pair-view.js';
import {EXAMPLE} from '../../src/elements/padding-view/example.js';
import {readPadded} from '../../src/elements/padding-view/padded-rows.js';
import type {Tune} from '../../src/engine/protocol.js';
import {createModel, DEFAULT_SPEC} from '../../src/state/registry.js';

export interface SpamRequest {
  seed: number;
  start: 'pretrained' | 'random';
  tune: Tune;
}

let runs = 0;

const spam = {
  async run({seed, start, tune}: SpamRequest) {
    const base = createModel('base');
    const {config, tokenizer} = await base.ready;
    const {corpus} = DEFAULT_SPEC;
    const task = {kind: 'classification' as const, data: {kind: 'spam-ham' as const, seed}, tune};
    const spec =
      start === 'pretrained' ? {...DEFAULT_SPEC, seed, task} : {config, tokenizer, corpus, seed, task};
    const model = createModel(`spam-${++runs}`, spec);
    const {classification, training} = await model.ready;
    const begin = performance.now();
    await new Promise<void>((resolve, reject) => {
      model.addEventListener('gpt-status', () => {
        if (model.status === 'done') resolve();
        if (model.status === 'error') reject(new Error(model.error?.message));
      });
      model.train({}).catch(reject);
    });
    const seconds = (performance.now() - begin) / 1000;
    const {test} = spamHam({seed});
    const probs = await model.classify({texts: test.map(({text}) => text)});
    const isRight = probs.map((row, i) => row[test[i]!.label]! > 1 / SPAM_CLASSES.length);
    const share = (kind?: string) => {
      const chosen = isRight.filter((_, i) => !kind || test[i]!.kind === kind);
      return chosen.filter(Boolean).length / chosen.length;
    };
    const {validation} = model.history.evals.at(-1)!;
    const pair = [];
    for (const {text} of PAIR) pair.push(await attribute(model, text));
    const [{text}] = PAIR;
    const head = await readHead(model, text);
    const next = await readNext(base, text);
    const {signal} = new AbortController();
    const classifier = {model, classes: SPAM_CLASSES};
    const padded = await readPadded(base, {text: EXAMPLE, most: 8, classifier}, signal);
    const result = {
      padded: {
        classes: SPAM_CLASSES,
        steps: model.step,
        drift: padded.drift!,
        probs: padded.rows.map(({readings}) => readings.map(({probs}) => probs![1]!)),
      },
      run: {
        ...{start, tune, seed, steps: model.step},
        evals: model.history.evals,
        ...{probs, pair, head, next},
      },
      test: share(),
      plain: share('plain'),
      order: share('order'),
      meaning: share('meaning'),
      validation: validation.accuracy,
      steps: model.step,
      seconds,
      batchSize: training.batchSize,
      trainable: classification!.trainable,
      backend: model.backend!.name,
      kernels: model.facts!.kernels,
    };
    await model.discard();
    await model.close();
    return result;
  },
};

declare global {
  var spamExperiment: typeof spam;
}
globalThis.spamExperiment = spam;
