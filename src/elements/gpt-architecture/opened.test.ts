import {expect, fixture, html} from '@open-wc/testing';
import type {NamedTensor} from '../../engine/protocol.js';
import {uniformAt} from '../../math/rng.js';
import {type GPTConfig, normalizeConfig} from '../../model/config.js';
import {useBackend} from '../../model/testing/backends.js';
import {GptArchitectureHarness} from './gpt-architecture.harness.js';
import type {GptArchitecture} from './gpt-architecture.js';
import './gpt-architecture.js';
import {addressOf, isPerHead, type TensorStage} from './stages/opened.js';
import {stagesOf} from './stages/stages.js';
import {BASE, CELLS, CONFIGS, IDS} from './testing/configs.js';
import {type ReferencePass, referencePass} from './testing/reference-pass.js';
import {setUp, setUpModel} from './testing/set-up.js';

/** A map of a pass with all its weights. */
async function mapOf(pass: ReferencePass, width = 1000) {
  const values = {...pass, weights: pass.tensors as Record<string, NamedTensor>};
  const element = await fixture<GptArchitecture>(
    html`<gpt-architecture .style=${`width: ${width}px`} .values=${values}></gpt-architecture>`,
  );
  const harness = new GptArchitectureHarness(element);
  await harness.drawn();
  return {element, harness};
}

const tensorStages = (config: GPTConfig): TensorStage[] =>
  stagesOf(config).filter((stage): stage is TensorStage => stage.tensor !== undefined);

describe('an open part of <gpt-architecture>', () => {
  before(() => useBackend('cpu'));

  for (const [name, config] of CONFIGS)
    it(`shows each of its tensors, with the sum of each number as the reference computes it: ${CELLS} cells at random (${name})`, async () => {
      const pass = await referencePass(config, IDS);
      const {element, harness} = await mapOf(pass);
      const stages = tensorStages(config);
      const each = Math.ceil(CELLS / stages.length);
      for (const [i, stage] of stages.entries()) {
        const head = i % config.nHeads;
        element.open = addressOf(stage, head);
        await harness.opened(stage.tensor);
        for (let n = 0; n < each; n++) {
          const place = i * each + n;
          const token = Math.floor(uniformAt(1, place) * IDS.length);
          element.token = token;
          await element.updateComplete;
          const index = Math.floor(uniformAt(2, place) * harness.cells.length);
          harness.all('.cell')[index]!.click();
          await element.updateComplete;
          const {shape, data} = pass.trace[stage.tensor]!;
          const column = ['logits', 'probs'].includes(stage.tensor)
            ? pass.stream.at(-1)!.guesses[token]![index]!.id
            : stage.tensor.endsWith('context')
              ? head * (config.embDim / config.nHeads) + index
              : index;
          const row = shape.length === 3 ? head * shape[1]! + token : token;
          const expected = (data as Float32Array)[row * shape.at(-1)! + column]!;
          const what = `${element.open}, token ${token}, number ${column}`;
          const written = harness.sum;
          if (Number.isFinite(expected)) {
            expect(harness.cells[index], what).to.be.closeTo(expected, 0.0006);
            expect(written, what).to.be.closeTo(expected, 0.006 * Math.abs(expected) + 1e-4);
          } else expect(written, what).to.equal(expected);
        }
      }
    });

  it('is reached by Enter from the block to a number, and left by Escape, one level at a time', async () => {
    const {element, harness} = await setUpModel();
    const focused = (): HTMLElement => harness.root.activeElement as HTMLElement;
    const press = (...keys: string[]): Promise<void> => harness.pressFocused(...keys);
    await harness.choose('h.0');
    await harness.move('Enter', 'Enter', 'ArrowDown', 'Enter');
    expect([element.selected, element.open]).to.deep.equal(['h.0.attn.1', 'h.0.attn.1']);
    await harness.opened('h.0.attn.probs');
    expect(harness.readout).to.match(/^Block 1, softmax: .* In head 2, .* gives \d+ % of its attention to /);
    expect(harness.spoken('h.0.attn.1')).to.match(/^Open\. Block 1, head 2: /);
    await press('Enter');
    await harness.until(() => focused().classList.contains('cell'), 'the focus on a number');
    await expect(element).to.be.accessible();
    await press('Home');
    const first = harness.arithmetic;
    await press('ArrowRight');
    expect(harness.arithmetic).not.to.equal(first);
    await press('ArrowUp');
    expect(element.token, 'the row of the token before').to.equal(5);
    expect(focused().classList.contains('cell')).to.equal(true);
    await press('Escape');
    await harness.until(() => focused().dataset.part === 'h.0.attn.1', 'the focus on the head');
    expect(element.open).to.equal('h.0.attn.1');
    await press('Escape');
    expect(element.open).to.equal('');
    expect(element.selected).to.equal('h.0.attn.1');
    await press('Escape');
    expect(element.selected).to.equal('h.0.attn');
    await expect(element).to.be.accessible();
  });

  it('leads into its product by Enter, where it is one', async () => {
    const {element, harness} = await setUpModel();
    element.open = 'h.0.mlp.pre';
    await harness.opened('h.0.mlp.pre');
    await harness.choose('h.0.mlp');
    element.open = 'h.0.mlp.pre'; // a second click had closed it
    await harness.opened('h.0.mlp.pre');
    await harness.move('Enter');
    await harness.until(
      () => harness.root.activeElement?.classList.contains('product-block') === true,
      'the focus on the product',
    );
    await harness.pressFocused('Escape');
    await harness.until(
      () => (harness.root.activeElement as HTMLElement).dataset.part === 'h.0.mlp',
      'the focus on the MLP',
    );
  });

  it('leads to its other tensors and heads, and the path back to each level', async () => {
    const {element, harness} = await setUpModel();
    await harness.choose('h.0.attn.1');
    await harness.press('Open');
    await harness.opened('h.0.attn.probs');
    expect(harness.words('.path')).to.match(
      /^Model › Block 1 › Attention › Head 2 › softmax › row o, column /,
    );
    await harness.press('queries');
    await harness.opened('h.0.attn.q');
    expect(element.open).to.equal('h.0.attn.1.q');
    expect(harness.words('.path')).to.match(/ › Head 2 › queries › row .*, number \d+$/);
    await harness.press('head 1');
    await element.updateComplete;
    expect([element.open, element.selected]).to.deep.equal(['h.0.attn.0.q', 'h.0.attn.0']);
    await harness.press('attention output');
    await harness.opened('h.0.attn.out');
    expect([element.open, element.selected]).to.deep.equal(['h.0.attn.out', 'h.0.attn']);
    await harness.press('Block 1');
    await harness.opened('h.0.resid_post');
    expect([element.open, element.selected]).to.deep.equal(['h.0', 'h.0']);
    await harness.press('GELU');
    await harness.opened('h.0.mlp.hidden');
    expect([element.open, element.selected]).to.deep.equal(['h.0.mlp.hidden', 'h.0.mlp']);
    await harness.press('Model');
    await element.updateComplete;
    expect([element.open, element.selected, harness.has('.detail')]).to.deep.equal(['', '', false]);
  });

  it('in the walkthrough shows the stage’s tensor, and its buttons go to the stages of the others', async () => {
    const {element, harness} = await setUpModel();
    element.stage = 'h.0.attn.scores';
    await harness.until(() => harness.has('.walkthrough.open'), 'the walkthrough');
    await harness.opened('h.0.attn.scores');
    expect(harness.words('.path')).to.match(/^Model › Block 1 › Attention › Head 1 › scores › row /);
    await harness.choose('h.0.attn.1');
    await harness.choose('h.0.attn.1');
    expect(element.open).to.equal('h.0.attn.1');
    await harness.opened('h.0.attn.scores');
    await harness.press('keys');
    await harness.opened('h.0.attn.k');
    expect([element.stage, element.open]).to.deep.equal(['h.0.attn.k', '']);
    expect(harness.words('.path'), 'still the same head').to.contain('Head 2 › keys');
    await harness.press('head 1');
    expect(harness.words('.path')).to.contain('Head 1 › keys');
    harness.field<HTMLElement>('.product-block.y').focus();
    await harness.pressFocused('Escape');
    await harness.until(
      () => harness.root.activeElement === harness.one('.walkthrough .primary'),
      'the focus on the walkthrough',
    );
    expect(element.stage).to.equal('h.0.attn.k');
    await harness.pressFocused('Escape');
    expect(element.stage).to.equal('');
  });

  it('closes by Escape in the text field, as the walkthrough ends there', async () => {
    const {element, harness} = await setUpModel();
    const field = harness.field('.text-input input');
    element.stage = 'text';
    await harness.until(() => harness.has('.walkthrough.open'), 'the walkthrough');
    await harness.keys(field, {key: 'Escape', isComposing: true});
    expect(element.stage, 'while a character is composed').to.equal('text');
    await harness.keys(field, 'Escape');
    expect(element.stage).to.equal('');
    expect(harness.root.activeElement).to.equal(field);
    element.open = 'h.0.mlp';
    await harness.opened('h.0.mlp.hidden');
    await harness.keys(field, 'Escape');
    expect(element.open).to.equal('');
  });

  it('shows of a candidate its probability', async () => {
    const {element, harness} = await setUpModel();
    await harness.choose('next.2');
    await harness.move('Enter');
    expect(element.open).to.equal('next');
    await harness.opened('probs');
    const share = Number(/of ([\d.]+) %/.exec(harness.spoken('next.2'))![1]);
    expect(100 * harness.sum).to.be.closeTo(share, 0.51);
    expect(harness.words('.path')).to.match(/^Model › Next token › probabilities › row /);
  });

  it('says what goes on from a part that is switched off or patched, and sums what the changed model computed', async () => {
    const {model, element, harness} = await setUpModel();
    const {live} = model;
    const ids = live.encode('one two');
    const at = 'h.0.attn.context';
    const other = await live.trace({text: 'two one', want: [at]});
    for (const [change, note, intervention] of [
      [
        {off: 'h.0.attn.1'},
        'Zeros go on from here: head 2 of block 1 is switched off',
        {at, head: 1, change: 'zero'},
      ],
      [
        {off: '', patch: 'h.0.attn.1', patchText: 'two one'},
        'These numbers are from the other text: head 2 of block 1 is patched',
        {at, head: 1, change: 'set', value: other[at]!},
      ],
    ] as const) {
      Object.assign(element, {...change, open: 'h.0.attn.1.context'});
      await harness.until(() => harness.words('.detail').includes(note), note);
      const {trace} = await live.pass({ids, want: ['*'], interventions: [intervention]});
      const row = (name: string): number[] => {
        const {shape, data} = trace[name]!;
        const width = shape.at(-1)!;
        return [...(data as Float32Array).slice((ids.length - 1) * width, ids.length * width)];
      };
      const D = live.config!.embDim / live.config!.nHeads;
      for (const [i, value] of harness.cells.entries())
        expect(value, note).to.be.closeTo(row(at)[D + i]!, 0.0006);
      element.open = 'h.0.attn.0.context';
      await harness.until(() => harness.cells.some((v, i) => Math.abs(v - row(at)[i]!) < 0.0006), 'head 1');
      expect(harness.words('.detail'), 'another head').not.to.contain(note);
      element.open = 'h.0.attn.out';
      await harness.opened('h.0.attn.out');
      for (const i of [0, 5, 15]) {
        harness.all('.cell')[i]!.click();
        await element.updateComplete;
        const expected = row('h.0.attn.out')[i]!;
        expect(harness.sum, `${note}: number ${i}`).to.be.closeTo(
          expected,
          0.006 * Math.abs(expected) + 1e-4,
        );
      }
    }
  });

  it('of given values offers the tensors that they hold', async () => {
    const {element, harness} = await setUp({open: 'h.0.attn.1'});
    await harness.until(() => harness.has('.choices'), 'the tensors');
    expect(
      harness.all('[aria-label="Tensors of this part"] button').map(({innerText}) => innerText),
    ).to.deep.equal(['softmax', 'attention is added']);
    element.open = 'h.0.attn.1.q';
    await harness.until(() => harness.words('.detail').includes('do not hold h.0.attn.q'), 'what is missing');
  });

  it('scrolls to its numbers on a narrow page', async () => {
    const {element, harness} = await setUpModel(390);
    await harness.choose('h.0.attn.1');
    await harness.press('Open');
    await harness.opened('h.0.attn.probs');
    expect(element.open).to.equal('h.0.attn.1');
    const top = (): number => harness.field('.detail').getBoundingClientRect().top;
    await harness.until(() => top() >= 0 && top() < innerHeight - 100, 'the numbers in view');
  });

  it('keeps its numbers from left to right in a page that is read from right to left', async () => {
    const {element, harness} = await setUpModel();
    element.dir = 'rtl';
    element.open = 'h.0.attn.1';
    await harness.opened('h.0.attn.probs');
    const [first, second] = harness.all('.cell').map((cell) => cell.getBoundingClientRect().left);
    expect(first).to.be.lessThan(second!);
  });

  it('opens in a model of 12 blocks and 12 heads: the block is drawn in full, the head wide', async () => {
    const config = normalizeConfig({
      ...BASE,
      embDim: 24,
      nHeads: 12,
      nLayers: 12,
      qkvBias: true,
      tieWeights: true,
    });
    const {element, harness} = await mapOf(await referencePass(config, IDS));
    await harness.choose('h.7.attn.3');
    const small = harness.width('h.7.attn.3');
    await harness.press('Open');
    await harness.opened('h.7.attn.probs');
    await harness.until(() => harness.width('h.7.attn.3') > 3 * small, 'the open head');
    expect(harness.words('.path')).to.match(/^Model › Block 8 › Attention › Head 4 › softmax › row /);
    expect(harness.all('[aria-label="Head"] button')).to.have.length(12);
    await harness.press('Close');
    expect(element.open).to.equal('');
  });

  it('covers every tensor that a head, a sublayer, the embeddings and the prediction have', () => {
    const stages = tensorStages(CONFIGS[0]![1]);
    expect(stages.filter(isPerHead).length).to.equal(2 * 7);
    expect(new Set(stages.map((stage) => addressOf(stage, 1))).size).to.equal(stages.length);
  });
});
