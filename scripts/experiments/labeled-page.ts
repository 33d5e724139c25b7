/** The browser's part of `labeled.mjs`: a page with a data splitter and a classifier trainer that learns from what it is given. */
import '../../src/elements/classifier-trainer/classifier-trainer.js';
import '../../src/elements/data-splitter/data-splitter.js';
import '../../src/elements/gpt-model/gpt-model.js';
import {spamTable} from '../../src/data/spam-ham/table.js';
import {ClassifierTrainerHarness} from '../../src/elements/classifier-trainer/classifier-trainer.harness.js';
import {DataSplitterHarness} from '../../src/elements/data-splitter/data-splitter.harness.js';
import {patience} from '../../src/ui/testing/until.js';

/** Training takes its time. */
patience.ms = 600_000;

/** Long tasks since the last call of `take`, in milliseconds. */
class LongTasks {
  #found: number[] = [];

  constructor() {
    new PerformanceObserver((list) => this.#add(list.getEntries())).observe({
      type: 'longtask',
      buffered: false,
    });
  }

  #add(entries: PerformanceEntryList): void {
    for (const {duration} of entries) this.#found.push(Math.round(duration));
  }

  /** Entries are delivered late: waits for two frames first. */
  async take(): Promise<number[]> {
    for (let n = 0; n < 2; n++) await new Promise((resolve) => setTimeout(resolve, 100));
    return this.#found.splice(0);
  }
}

const labeled = {
  /** Loads a table of that many rows, trains some steps on it and scores the test set. */
  async run(rows: number, steps: number) {
    document.body.innerHTML = `<gpt-model id="tales" pretrained="tiny-tales"></gpt-model>
      <data-splitter for="tales"></data-splitter>
      <classifier-trainer for="tales" steps="${steps}"></classifier-trainer>`;
    const splitter = new DataSplitterHarness(document.querySelector('data-splitter')!);
    const trainer = new ClassifierTrainerHarness(document.querySelector('classifier-trainer')!);
    await splitter.read('generated messages');
    await trainer.baselineKnown();
    const text = await spamTable({rows, seed: 2});
    const file = new File([text], 'SMSSpamCollection', {type: 'text/tab-separated-values'});
    const tasks = new LongTasks();

    const start = performance.now();
    const since = (): number => Math.round(performance.now() - start);
    await splitter.drop(file);
    await splitter.until(() => splitter.name.startsWith('SMSSpamCollection'), 'the table');
    const shownMs = since();
    await splitter.read('SMSSpamCollection');
    const countedMs = since();
    const loading = await tasks.take();

    trainer.element.scrollIntoView(); // it rests where it is not seen
    const given = performance.now();
    await splitter.press('Learn from these texts');
    await splitter.until(() => trainer.text.includes('From SMSSpamCollection'), 'the texts in the trainer');
    await trainer.baselineKnown();
    const baselineMs = Math.round(performance.now() - given);
    const baseline = await tasks.take();

    const trained = performance.now();
    await trainer.press('Train the classifier');
    await splitter.until(() => trainer.hasButton('Score the test set'), 'the end of training');
    const trainedMs = Math.round(performance.now() - trained);
    await trainer.press('Score the test set');
    await splitter.until(() => trainer.confusion.length > 0, 'the scores');
    const training = await tasks.take();
    return {
      bytes: file.size,
      name: splitter.name,
      bars: splitter.bars,
      findings: splitter.findings,
      shownMs,
      countedMs,
      baselineMs,
      trainedMs,
      longTasks: {loading, baseline, training},
      accuracy: trainer.kinds,
      confusion: trainer.confusion,
    };
  },
};

declare global {
  var labeledExperiment: typeof labeled;
}
globalThis.labeledExperiment = labeled;
