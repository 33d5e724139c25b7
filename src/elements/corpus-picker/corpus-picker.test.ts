import {expect, fixture, html} from '@open-wc/testing';
import type {CorpusSpec} from '../../data/corpus.js';
import {textStatistics} from '../../data/statistics.js';
import {tinyTales} from '../../data/tiny-tales/index.js';
import {toyCorpus} from '../../data/toy-tasks/index.js';
import {savedLines, savedWords} from '../../ui/testing/saved-file.js';
import '../gpt-model/gpt-model.js';
import type {GptModel} from '../gpt-model/gpt-model.js';
import './corpus-picker.js';
import {CorpusPickerHarness} from './corpus-picker.harness.js';
import type {CorpusPicker} from './corpus-picker.js';

const TEXT = 'one two three four five six seven eight nine ten. '.repeat(20);
const OTHER = 'mia has a kite. max has a ball. '.repeat(30);
let seed = 500;

async function setUp() {
  const model = await fixture<GptModel>(html`
    <gpt-model backend="cpu" seed=${seed++} .text=${TEXT} config='{"embDim": 16, "nHeads": 2, "nLayers": 1, "contextLength": 8}'>
      <corpus-picker></corpus-picker>
    </gpt-model>
  `);
  const element = model.querySelector('corpus-picker')!;
  const harness = new CorpusPickerHarness(element);
  await harness.looked('pasted text');
  return {model, element, harness};
}

async function alone(attributes: Partial<CorpusPicker> = {}) {
  const element = await fixture<CorpusPicker>(html`<corpus-picker without-model></corpus-picker>`);
  Object.assign(element, attributes);
  const harness = new CorpusPickerHarness(element);
  const told: {corpus: CorpusSpec; trainShare: number}[] = [];
  element.addEventListener('gpt-corpus', ({detail}) => told.push(detail));
  return {element, harness, told};
}

describe('<corpus-picker>', () => {
  it('shows statistics of the model’s text without starting the engine', async () => {
    const {model, harness} = await setUp();
    expect(harness.figures).to.deep.equal({
      Characters: '1,000',
      Words: '200',
      Lines: '1',
      Tokens: '1,000',
      'Best possible loss': 'unknown',
    });
    expect(harness.parts[0]).to.contain('90 %').and.to.contain('900 tokens, 112 windows of 8');
    expect(harness.parts[1]).to.contain('10 %').and.to.contain('100 tokens, 12 windows');
    expect(harness.counts('word').slice(0, 2)).to.deep.equal([
      ['eight', '20'],
      ['five', '20'],
    ]);
    expect(harness.counts('character')[0]).to.deep.equal(['·', '200']);
    expect(harness.take.disabled, 'it is the model’s already').to.equal(true);
    expect(model.status).to.equal('closed');
  });

  it('exports its counts as a picture and as a table', async () => {
    const {element} = await setUp();
    const lines = await savedLines(element.renderRoot);
    expect(lines.slice(0, 2)).to.deep.equal(['kind,text,count', 'character, ,200']);
    const {characterCounts, wordCounts} = await textStatistics(TEXT);
    expect(lines).to.have.lengthOf(1 + characterCounts.length + wordCounts.length);
    expect(lines.at(-1)).to.equal('word,two,20');
    const words = await savedWords(element.renderRoot);
    expect(words).to.include.members([
      'pasted text',
      'training set 90 %',
      'validation set 10 %',
      'eight',
      '20',
    ]);
  });

  it('agrees with the model about the text', async () => {
    const {model, harness} = await setUp();
    const {corpus} = await model.ready;
    expect(harness.figures.Tokens).to.equal(corpus.tokens.toLocaleString('en'));
    expect(harness.parts[0]).to.contain(`${corpus.trainTokens} tokens, ${corpus.trainWindows} windows`);
    expect(harness.parts[1]).to.contain(
      `${corpus.validationTokens} tokens, ${corpus.validationWindows} windows`,
    );
  });

  it('gives the model another text and split', async () => {
    const {model, harness} = await setUp();
    await model.ready;
    await harness.choose('sort');
    await harness.looked('toy task: sort');
    await harness.enter('#share', '0.8');
    expect(harness.take.disabled).to.equal(false);
    await harness.click('button.take');
    await harness.until(() => model.live.facts?.corpus.name === 'toy task: sort', 'the model');
    expect(model.live.spec).to.deep.include({corpus: {kind: 'toy', task: 'sort'}, trainShare: 0.8});
    const {corpus} = model.live.facts!;
    expect(harness.parts[0]).to.contain(`${corpus.trainTokens.toLocaleString('en')} tokens`);
    expect(Number(harness.figures['Best possible loss'])).to.be.closeTo(corpus.floor!, 0.0006);
    expect(harness.take.disabled).to.equal(true);
    expect(harness.readout).to.contain('starting from untrained weights');
  });

  it('says that training is lost, and undo restores it', async () => {
    const {model, harness} = await setUp();
    await model.ready;
    for (let i = 0; i < 3; i++) await model.step();
    const [before] = (await model.weights(['ln_f.weight'])).values();
    await harness.choose('copy');
    await harness.looked('toy task: copy');
    expect(harness.hint).to.contain('3 steps of training').and.to.contain('you can undo this');
    await harness.click('button.take');
    await harness.until(() => model.live.facts?.corpus.name === 'toy task: copy', 'the new text');
    expect(model.live.step).to.equal(0);
    await harness.until(() => harness.has('button.undo'), 'the way back');
    expect(harness.hint).to.contain('The weights after 3 steps were saved');
    await harness.click('button.undo');
    await harness.until(
      () => model.live.facts?.corpus.name === 'pasted text' && model.live.step === 3,
      'the old one',
    );
    const [after] = (await model.weights(['ln_f.weight'])).values();
    expect([...after!.data]).to.deep.equal([...before!.data]);
    await harness.looked('pasted text');
  });

  it('gives a text to the page without a model', async () => {
    const {harness, told} = await alone({corpus: 'add', contextLength: 16});
    await harness.looked('toy task: add');
    expect(harness.figures.Lines).to.equal('20,000');
    await harness.click('button.take');
    expect(told).to.deep.equal([{corpus: {kind: 'toy', task: 'add'}, trainShare: 0.9}]);
    const {text} = toyCorpus({task: 'add'});
    expect(harness.figures.Characters).to.equal(text.length.toLocaleString('en'));
  });

  it('reads texts that are pasted, dropped or fetched', async () => {
    const {harness, told} = await alone({contextLength: 8});
    await harness.looked('tiny-tales');
    await harness.source('paste');
    await harness.enter('textarea', OTHER);
    await harness.looked('pasted text');
    expect(harness.figures.Characters).to.equal('960');
    await harness.drop(new File([`${OTHER}${OTHER}`], 'kites.txt'));
    await harness.looked('kites.txt');
    expect(harness.figures.Characters).to.equal('1,920');
    const url = URL.createObjectURL(new Blob([TEXT]));
    await harness.source('url');
    await harness.enter('input[type="url"]', url);
    await harness.until(
      () => harness.figures.Characters === '1,000' && !harness.take.disabled,
      'the address',
    );
    await harness.click('button.take');
    expect(told.at(-1)!.corpus).to.deep.equal({kind: 'url', url});
    URL.revokeObjectURL(url);
  });

  it('offers a smaller context for a text that is too short for the model’s', async () => {
    const {model, harness} = await setUp();
    model.config = {embDim: 16, nHeads: 2, nLayers: 1, contextLength: 64};
    await model.updateComplete;
    await harness.source('paste');
    await harness.enter('textarea', OTHER.slice(0, 300));
    await harness.until(() => harness.error.includes('A context of 64 takes windows of 65'), 'the problem');
    const offer = 'Learn from this text with a context of 16';
    await harness.until(() => harness.hasButton(offer), 'the offer');
    await harness.press(offer);
    await harness.until(() => harness.readout.includes('and with a context of 16'), 'the change');
    expect(harness.error).to.equal('');
    const {config} = await model.live.ready;
    expect(config).to.include({contextLength: 16, embDim: 16});
  });

  it('says what is wrong with a text, and keeps the previous one', async () => {
    const {harness} = await alone();
    await harness.looked('tiny-tales');
    await harness.source('paste');
    const wrong = {
      'too short': 'too short to learn from',
      [`with a\0zero byte ${OTHER}`]: 'is not a text',
    };
    for (const [text, sentence] of Object.entries(wrong)) {
      await harness.enter('textarea', text);
      await harness.until(() => harness.error.includes(sentence), sentence);
      expect(harness.take.disabled, sentence).to.equal(true);
      expect(harness.field<HTMLTextAreaElement>('textarea').value).to.equal(text);
    }
    await harness.enter('textarea', OTHER.slice(0, 300));
    await harness.until(
      () => harness.error.includes('A context of 64 takes windows of 65'),
      'the short text',
    );
    await harness.drop(new File([new Uint8Array(500)], 'cat.png'));
    await harness.until(() => harness.error.includes('“cat.png” is not a text'), 'the picture');
    await harness.drop(new File([' \n'], 'nothing.txt'));
    await harness.until(() => harness.error.includes('“nothing.txt” is empty'), 'the empty file');
    await harness.drop(new File([new Uint8Array(20_000_001)], 'huge.txt'));
    await harness.until(() => harness.error.includes('at most 20 MB'), 'the huge file');
    await harness.source('paste');
    await harness.until(() => harness.error.includes('A context of 64'), 'the pasted text again');
    await harness.choose('tiny-tales');
    await harness.looked('tiny-tales');
    expect(harness.error).to.equal('');
  });

  it('says which character the model’s tokenizer lacks', async () => {
    const {model, harness} = await setUp();
    model.tokenizerChoice = {kind: 'char', vocab: [...new Set(TEXT)].sort()};
    await model.updateComplete;
    await harness.source('paste');
    await harness.enter('textarea', `${TEXT}€`);
    await harness.until(() => harness.error.includes('“€”'), 'the sentence');
    expect(harness.take.disabled).to.equal(true);
    expect(model.live.spec.corpus).to.deep.equal({kind: 'text', text: TEXT});
  });

  it('keeps a paste of megabytes out of the field, and injects nothing', async () => {
    const {harness} = await alone();
    await harness.looked('tiny-tales');
    await harness.source('paste');
    const long = '<img src=x onerror="window.injected = true"> Mia has a kite.\u0007\n'.repeat(90_000);
    expect(long.length).to.be.above(5_000_000);
    expect(await harness.paste(long)).to.equal(false);
    await harness.looked('pasted text');
    await harness.until(() => harness.figures.Characters === long.length.toLocaleString('en'), 'all of it');
    expect(harness.has('textarea')).to.equal(false);
    expect(harness.has('.excerpt img, .counts img, .pasted img')).to.equal(false);
    expect((window as {injected?: boolean}).injected).to.equal(undefined);
    expect(harness.excerpt).to.contain('<img src=x');
    await harness.click('button.clear');
    expect(harness.has('textarea')).to.equal(true);
  });

  it('offers to keep only the words of a web page', async () => {
    const {harness, element} = await alone({contextLength: 8});
    await harness.looked('tiny-tales');
    const page = `<!doctype html><title>Kites</title><script>window.injected = true</script><p>${OTHER}</p><ul><li>One</li><li>Two</li></ul>`;
    await harness.drop(new File([page], 'kites.html'));
    await harness.looked('kites.html');
    await harness.until(() => harness.has('button.words'), 'the offer');
    await harness.click('button.words');
    await harness.looked('kites.html, without its tags');
    expect(harness.excerpt.startsWith('mia has a kite.')).to.equal(true);
    expect(harness.has('button.words')).to.equal(false);
    expect(harness.figures.Lines).to.equal('3');
    expect((window as {injected?: boolean}).injected).to.equal(undefined);
    expect(element.renderRoot.textContent).to.not.contain('window.injected');
  });

  it('marks the highlighted character or word in the excerpt', async () => {
    const {harness} = await setUp();
    const rows = [...harness.element.renderRoot.querySelectorAll<HTMLButtonElement>('.counts th button')];
    rows.find((row) => row.textContent!.trim() === 'eight')!.click();
    await harness.element.updateComplete;
    expect(new Set(harness.marked)).to.deep.equal(new Set(['eight']));
    expect(harness.readout).to.contain('20 of 200 words are this one');
  });

  it('keeps a word highlighted that is pointed at and clicked, until Escape', async () => {
    const {harness} = await setUp();
    const button = harness.all('.counts th button').find((one) => one.textContent!.trim() === 'eight')!;
    button.closest('tr')!.dispatchEvent(new PointerEvent('pointerenter'));
    await harness.element.updateComplete;
    button.click();
    await harness.element.updateComplete;
    expect(harness.marked).to.include('eight');
    await harness.keys(button, 'Escape');
    expect(harness.marked).not.to.include('eight');
  });

  it('takes the later of two files that are dropped in quick succession, and lets the same one be chosen again', async () => {
    const {harness} = await alone({contextLength: 8});
    await harness.looked('tiny-tales');
    const slow = new File([OTHER], 'slow.txt');
    let arrive = () => {};
    const late = new TransformStream({start: () => new Promise<void>((resolve) => (arrive = resolve))});
    const bytes = slow.stream().pipeThrough(late);
    slow.stream = () => bytes;
    const drop = new DragEvent('drop', {bubbles: true, cancelable: true});
    Object.defineProperty(drop, 'dataTransfer', {value: {files: [slow], types: ['Files']}});
    harness.element.dispatchEvent(drop);
    await harness.drop(new File([TEXT], 'quick.txt'));
    await harness.looked('quick.txt');
    arrive();
    await harness.source('file');
    expect(harness.figures.Characters).to.equal('1,000');
    expect(harness.text).not.to.contain('slow.txt');
    const input = harness.field('input[type="file"]');
    const chosen = new DataTransfer();
    chosen.items.add(new File([TEXT], 'quick.txt'));
    input.files = chosen.files;
    input.dispatchEvent(new Event('change', {bubbles: true}));
    expect(input.value, 'so that the same file is a change again').to.equal('');
  });

  it('says that Undo does not restore training which the browser could not save', async () => {
    const {model, harness} = await setUp();
    await model.step();
    model.live.save = async () => {
      throw new Error('no room');
    };
    await harness.choose('copy');
    await harness.looked('toy task: copy');
    await harness.click('button.take');
    await harness.until(() => harness.hint.includes('could not save the trained weights'), 'the sentence');
  });

  it('shows the counts of textStatistics', async () => {
    const {harness} = await alone();
    await harness.looked('tiny-tales');
    const {characterCounts, wordCounts, words} = await textStatistics(tinyTales().text);
    expect(harness.figures.Words).to.equal(words.toLocaleString('en'));
    expect(harness.counts('word')[0]).to.deep.equal([
      wordCounts[0]![0],
      wordCounts[0]![1].toLocaleString('en'),
    ]);
    expect(harness.counts('character')[1]).to.deep.equal([
      characterCounts[1]![0],
      characterCounts[1]![1].toLocaleString('en'),
    ]);
  });
});
