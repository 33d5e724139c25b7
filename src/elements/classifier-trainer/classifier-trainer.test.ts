import {expect, fixture, html} from '@open-wc/testing';
import {until} from '../../ui/testing/until.js';
import '../gpt-model/gpt-model.js';
import './classifier-trainer.js';
import {spamHam} from '../../data/spam-ham/index.js';
import {dot, softmax} from '../../math/attention.js';
import {filesSpec} from '../../state/index.js';
import {type LabeledData, learnerOf} from '../../state/labeled-data.js';
import {createModel, getModel} from '../../state/registry.js';
import {ClassifierTrainerHarness} from './classifier-trainer.harness.js';
import type {ClassifierTrainer} from './classifier-trainer.js';
import {accuracy} from './messages.js';
import {PAIR} from './pair-view.js';
import {RUN} from './recorded-run.js';
import {runName} from './saved-runs.js';

/** Every character of the messages. */
const TEXT =
  'The quick brown fox jumps over the lazy dog. A B C D E F G H I J K L M N O P Q R S T U V W X Y Z, so! Is it? Yes: it is.\n'.repeat(
    20,
  );
const CONFIG = '{"embDim": 16, "nHeads": 2, "nLayers": 1, "contextLength": 64}';

/** A few sentences about each of three animals, that many per class. */
function threeClasses(perClass: number): LabeledData {
  const classes = ['cat', 'dog', 'hen'];
  const texts = Array.from({length: 3 * perClass}, (_, i) => ({
    text: `The ${classes[i % 3]} is so lazy. Is ${'it '.repeat(1 + Math.floor(i / 3))}`,
    label: i % 3,
  }));
  const cut = (from: number, to: number) => texts.slice(3 * perClass * from, 3 * perClass * to);
  return {name: 'pets.tsv', classes, train: cut(0, 0.7), validation: cut(0.7, 0.8), test: cut(0.8, 1)};
}

async function trainer(steps = 3, id = ''): Promise<ClassifierTrainerHarness> {
  const model = await fixture(
    html`<gpt-model id=${id} backend="wasm" config=${CONFIG} .text=${TEXT} seed="1"
      ><classifier-trainer steps=${steps} tune="all"></classifier-trainer
    ></gpt-model>`,
  );
  const element = model.querySelector<ClassifierTrainer>('classifier-trainer')!;
  const harness = new ClassifierTrainerHarness(element);
  await harness.drawn();
  return harness;
}

describe('<classifier-trainer>', () => {
  it('`<classifier-trainer>` shows what a baseline makes of each kind of message before any model is asked', async () => {
    const harness = await trainer();
    await harness.baselineKnown();
    const [plain, order, , all] = harness.kinds;
    expect(plain).to.deep.equal(['Spam has words of its own', '100 %', '?']);
    expect(Number.parseInt(order![1]!, 10)).to.be.below(60);
    expect(Number.parseInt(all![1]!, 10)).to.be.within(75, 90);
    expect(harness.hasButton('Score the test set')).to.equal(false);
  });

  it('`<classifier-trainer>` trains, scores the test set once at the end, and undoes the finetuning', async () => {
    const harness = await trainer(3, 'undone');
    await harness.press('Train the spam filter');
    await until(() => harness.hasButton('Score the test set'));
    expect(harness.text).to.include('Step 3 of 3');
    expect(harness.all('canvas')).to.have.length(2);
    harness.element.parentElement!.append(harness.element); // a mere move keeps the classifier
    await harness.element.updateComplete;
    await until(() => harness.hasButton('Score the test set'));
    await harness.press('Score the test set');
    await until(() => harness.confusion.length > 0);
    const total = () => harness.confusion.flat().reduce((sum, count) => sum + count, 0);
    expect(total()).to.equal(400);
    expect(harness.hasButton('Score the test set')).to.equal(false);
    expect(harness.kinds.at(-1)![2]).to.match(/^\d+\.\d %$/);

    const called = () => harness.confusion.map((row) => row[1]!).reduce((sum, count) => sum + count, 0);
    await harness.setThreshold(0.02);
    const low = called();
    await harness.setThreshold(0.98);
    expect(called()).to.be.below(low);
    expect(total()).to.equal(400);

    await harness.press('Undo the finetuning');
    await until(() => harness.text.includes('Step 0 of 3'));
    await until(() => harness.text.includes('The new head is not trained yet'));
    expect(harness.pair[0]!.gpt, 'no answer of an untrained head').to.equal('not trained yet');
    await until(() => getModel('undone-classifier')!.savedFact === undefined);
    expect(harness.hasButton('Continue from step 3')).to.equal(false);
    expect(harness.confusion).to.deep.equal([]);
    expect(harness.button('Train the spam filter').disabled).to.equal(false);
  });

  it('`<classifier-trainer>` paints the curves of its recorded run once their canvases are there', async () => {
    const harness = new ClassifierTrainerHarness(
      await fixture(html`<classifier-trainer></classifier-trainer>`),
    );
    const isPainted = (canvas: HTMLCanvasElement) =>
      canvas.width > 0 &&
      canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height).data.some(Boolean);
    await until(() => harness.text.includes('A recorded run'));
    await until(() => harness.all<HTMLCanvasElement>('canvas').filter(isPainted).length === 2);
  });

  it('`<classifier-trainer>` shows nothing of given texts once they are taken away', async () => {
    const harness = await trainer();
    const element = document.querySelector<ClassifierTrainer>('classifier-trainer')!;
    element.data = threeClasses(10);
    await until(() => harness.text.includes('pets.tsv'));
    element.data = undefined;
    await element.updateComplete;
    expect(harness.text).to.include('Reading the messages').and.not.to.include('pets.tsv');
    await harness.baselineKnown();
    expect(harness.kinds.at(-1)![0]).to.equal('All 400');
  });

  it('`<classifier-trainer>` keeps its height while it is off the screen and gets texts', async () => {
    const harness = await trainer();
    await harness.baselineKnown();
    const {element} = harness;
    element.style.width = '320px';
    await until(() => element.offsetHeight > 1200); // more than a figure reserves that never showed anything
    Object.assign(element.style, {position: 'absolute', top: '9000px'});
    scrollTo(0, 0);
    await new Promise((resolve) => {
      new IntersectionObserver(
        ([entry], observer) => {
          if (entry!.isIntersecting) return;
          observer.disconnect();
          setTimeout(resolve); // the element's own observer is told in the same task
        },
        {rootMargin: '200px'},
      ).observe(element);
    });
    const height = element.offsetHeight;
    element.data = threeClasses(10);
    await element.updateComplete;
    expect(harness.text).to.include('Reading the messages');
    expect(element.offsetHeight).to.be.closeTo(height, 16); // a margin between paragraphs
    Object.assign(element.style, {position: '', top: ''});
    await harness.baselineKnown();
    expect(harness.text).to.include('pets.tsv');
  });

  it('the recorded run of `<classifier-trainer>` is one on the messages of its seed, and tells the pair apart', () => {
    const {test} = spamHam({seed: RUN.seed});
    const probs = RUN.spam.map((p) => [1 - p, p]);
    expect(probs).to.have.length(test.length);
    expect(accuracy(test, probs)).to.be.at.least(0.95);
    expect(RUN.evals.at(-1)!.step).to.equal(RUN.steps);
    for (const [i, {text, label}] of PAIR.entries()) {
      expect(RUN.pair[i]!.tokens.join('')).to.equal(text);
      expect(RUN.pair[i]!.probs[label]).to.be.above(0.9);
    }
  });

  it('`<classifier-trainer>` draws scores of the new head whose softmax are the recorded probabilities', () => {
    const {vector, weights} = RUN.head;
    const scores = weights.map((row) => dot(row, vector));
    const [ham, spam] = softmax(scores);
    expect(vector).to.have.length(96);
    expect(ham! + spam!).to.be.closeTo(1, 1e-6);
    expect(spam!).to.be.closeTo(RUN.pair[0]!.probs[1]!, 0.01);
  });

  it('`<classifier-trainer>` draws the head of the reader’s own classifier', async () => {
    const harness = await trainer();
    await harness.press('Train the spam filter');
    await until(() => harness.scores.length === 2 && harness.pair.every(({gpt}) => /spam|ham/.test(gpt)));
    const [[, ham], [, spam]] = harness.scores as [number[], number[]];
    expect(ham! + spam!).to.be.closeTo(1, 0.011);
    expect(harness.pair[0]!.gpt).to.include(spam!.toFixed(2));
  });

  it('names the saved runs of two tables apart, though both were pasted', () => {
    const table = (text: string): LabeledData => ({...threeClasses(2), train: [{text, label: 0}]});
    const base = createModel('two-tables');
    const name = (text: string) => runName(base, {start: 'random', tune: 'all', seed: 1}, table(text));
    expect(name('a')).to.equal(name('a'));
    expect(name('a')).not.to.equal(name('b'));
  });

  it('`<classifier-trainer>` shows that a bag of words gives two orders of the same words one answer', async () => {
    const harness = await trainer();
    await harness.baselineKnown();
    expect(harness.text).not.to.include('A recorded run'); // that is one of another model
    const [first, second] = harness.pair;
    expect(first!.gpt).to.equal('not trained yet');
    expect(first!.bag.slice(0, 4)).to.equal(second!.bag.slice(0, 4)); // the same words
    expect([first!.bag, second!.bag].filter((answer) => answer.includes('wrong'))).to.have.length(1);
  });

  it('`<classifier-trainer>` offers a saved run after a reload, before any model is made, and continues it', async () => {
    const harness = await trainer(3, 'reloaded');
    await harness.press('Train the spam filter');
    await until(() => harness.hasButton('Score the test set'));
    await until(() => harness.pair.every(({gpt}) => /spam|ham/.test(gpt)));
    harness.element.closest('gpt-model')!.remove();
    await until(() => getModel('reloaded') === undefined);
    const again = await trainer(3, 'reloaded');
    await until(() => again.hasButton('Continue from step 3'));
    await again.press('Continue from step 3');
    await until(() => again.text.includes('Step 3 of 3'));
    await until(() => again.hasButton('Score the test set'));
    expect(again.hasButton('Resume'), 'nothing is left to resume').to.equal(false);
  });

  it('`<classifier-trainer>` learns the three classes that a page gives it, and lists every mistake', async () => {
    const harness = await trainer(1);
    await harness.setData(threeClasses(40));
    expect(harness.kinds.map(([name]) => name)).to.deep.equal(['cat', 'dog', 'hen', 'All 24']);
    expect(harness.text).to.include('From pets.tsv').and.to.include('one that scores 3 classes');
    learnerOf(harness.element.closest('gpt-model')!.live)!();
    await until(
      () => harness.element.shadowRoot!.activeElement?.textContent?.trim() === 'Train the classifier',
    );
    await harness.press('Train the classifier');
    await until(() => harness.hasButton('Score the test set'));
    await harness.press('Score the test set');
    await until(() => harness.confusion.length > 0);
    expect(harness.confusion.map((row) => row.length)).to.deep.equal([3, 3, 3]);
    expect(harness.confusion.flat().reduce((sum, count) => sum + count, 0)).to.equal(24);
    expect(harness.text).to.match(/(cat|dog|hen) with probability [01]\.\d{3}/);
  });

  it('`<classifier-trainer>` takes a classifier back that it has exported, and offers to score it', async () => {
    const harness = await trainer(2, 'exported');
    await harness.press('Train the spam filter');
    await until(() => harness.hasButton('Score the test set') && harness.scores.length === 2);
    const before = harness.scores;
    const blob = await getModel('exported-classifier')!.saveFile({format: 'script'});
    await harness.choose(new File(['nothing'], 'broken.zip'));
    await until(() => harness.error !== '');
    expect(harness.error).to.include('zip');
    expect(harness.scores, 'what a bad file leaves').to.deep.equal(before);
    expect(harness.text).to.include('Step 2 of 2');
    expect(harness.hasButton('Undo the finetuning')).to.equal(true);
    await harness.press('Undo the finetuning');
    await until(() => harness.text.includes('The new head is not trained yet'));
    await harness.choose(new File([blob], 'filter.zip'));
    await until(() => harness.hasButton('Score the test set') && harness.scores.length === 2);
    expect(harness.scores).to.deep.equal(before);
    expect(harness.text).to.include('Loaded from filter.zip: a finished classifier');
    await until(() => !harness.text.includes('not trained yet'));
    expect(harness.hasButton('Export to Hugging Face')).to.equal(true);
    await harness.press('Undo the loading');
    await until(() => harness.text.includes('The new head is not trained yet'));
    expect(harness.hasButton('Undo the loading')).to.equal(false);
  });

  it('`<classifier-trainer>` shows what it did before once a bad first file was refused', async () => {
    const harness = await trainer(2, 'refused');
    await harness.choose(new File(['nothing'], 'broken.zip'));
    await until(() => harness.error !== '');
    expect(harness.text)
      .to.match(/\d+ messages to train on/)
      .and.not.to.include('Step 0');
  });

  it('`<classifier-trainer>` starts from a model that was loaded in the place of the page’s', async () => {
    const harness = await trainer(2, 'replaced');
    const base = getModel('replaced')!;
    const blob = await base.saveFile({format: 'hugging-face'});
    await base.load(filesSpec([{path: 'gpt2-like.zip', blob}]));
    await until(() => harness.text.includes('gpt2-like.zip'));
    await harness.press('Train the spam filter');
    await until(() => harness.hasButton('Score the test set'));
    expect(getModel('replaced-classifier')!.spec.from).to.equal('replaced');
  });

  it('`<classifier-trainer>` classifies what the reader types and shows a token for each part of it', async () => {
    const harness = await trainer();
    await harness.press('Train the spam filter');
    await until(() => harness.all('.own span').length > 0);
    harness.element.text = 'Win it';
    await until(() => harness.all('.own span').length === 6);
    expect(harness.words('.own')).to.include('W');
    expect(harness.text).to.match(/(spam|ham) with probability (0\.[5-9]\d\d|1\.000)/);
    harness.element.text = 'a'.repeat(70);
    await until(() => harness.all('.own span').length === 64);
    expect(harness.text).to.include('The model reads 64 tokens: the last 6 of this message are cut.');
    harness.element.text = ' ';
    await harness.element.updateComplete;
    expect(harness.all('.own span')).to.have.length(0);
    expect(harness.text).to.include('Write a message');
  });

  it('`<classifier-trainer>` shows the pair after training, whatever is typed meanwhile', async () => {
    const harness = await trainer();
    harness.element.text = ' ';
    await harness.press('Train the spam filter');
    await until(() => harness.hasButton('Score the test set'));
    await until(() => harness.pair.every(({gpt}) => /\d/.test(gpt)));
  });

  it('`<classifier-trainer>` says which character of a message the model does not know', async () => {
    const harness = await trainer();
    await harness.press('Train the spam filter');
    await until(() => harness.all('.own span').length > 0);
    harness.element.text = 'Win 9 €';
    await until(() => harness.error !== '');
    expect(harness.error).to.include('9');
  });
});
