import {expect, fixture, html} from '@open-wc/testing';
import './gpt-model.js';
import {GptModelHarness} from './gpt-model.harness.js';
import type {GptModel} from './gpt-model.js';

const TEXT = 'one two three four five six seven eight nine ten. '.repeat(20);
const CONFIG = '{"emb_dim": 8, "n_heads": 2, "n_layers": 1, "context_length": 8}';

describe('<gpt-model from>', () => {
  it('starts from the weights, tokenizer and text of another model of the page, which stays as it is', async () => {
    const page = await fixture(html`<div>
      <gpt-model id="fork" from="tales" backend="cpu"></gpt-model>
      <gpt-model id="tales" backend="cpu" .text=${TEXT} config=${CONFIG}></gpt-model>
    </div>`);
    const [fork, base] = [...page.querySelectorAll<GptModel>('gpt-model')] as [GptModel, GptModel];
    await new GptModelHarness(fork).until(
      () => fork.live.spec.corpus.kind === 'text',
      'the text of its base',
    );
    await base.step();
    const {step, config} = await fork.ready;
    expect(step).to.equal(0);
    expect(config).to.deep.equal(base.config);
    const before = (await base.weights()).get('wte.weight')!.data;
    expect((await fork.weights()).get('wte.weight')!.data).to.deep.equal(before);
    await fork.step();
    expect((await fork.weights()).get('wte.weight')!.data).not.to.deep.equal(before);
    expect((await base.weights()).get('wte.weight')!.data).to.deep.equal(before);
  });

  it('says that the page has no such model, and that a model cannot start from itself', async () => {
    const page = await fixture(html`<div>
      <gpt-model id="lost" from="nobody"></gpt-model>
      <gpt-model id="a" from="b"></gpt-model>
      <gpt-model id="b" from="a"></gpt-model>
    </div>`);
    const refusals: string[] = [];
    for (const element of page.querySelectorAll<GptModel>('gpt-model'))
      await element.ready.catch((error: Error) => refusals.push(error.message));
    expect(refusals[0]).to.equal(
      'from="nobody" names no model of this page. Give a <gpt-model> the id “nobody”.',
    );
    expect(refusals[1]).to.contain('“a” starts from itself');
    expect(refusals[2]).to.contain('“b” starts from itself');
  });
});

describe('<gpt-model checkpoint>', () => {
  it('starts from the file at an address', async () => {
    const first = await fixture<GptModel>(
      html`<gpt-model backend="cpu" .text=${TEXT} config=${CONFIG}></gpt-model>`,
    );
    const url = URL.createObjectURL(await first.live.saveFile({format: 'checkpoint'}));
    const second = await fixture<GptModel>(
      html`<gpt-model backend="cpu" .text=${TEXT} checkpoint=${`${url}#a.safetensors`}></gpt-model>`,
    );
    expect((await second.ready).config).to.deep.equal(first.config);
    expect((await second.weights()).get('wte.weight')).to.deep.equal(
      (await first.weights()).get('wte.weight'),
    );
    URL.revokeObjectURL(url);
  });

  it('says what to do where nothing is there', async () => {
    const element = await fixture<GptModel>(
      html`<gpt-model backend="cpu" checkpoint="/nowhere/model.safetensors"></gpt-model>`,
    );
    let refusal = '';
    await element.ready.catch((error: Error) => (refusal = error.message));
    expect(refusal).to.match(
      /nowhere\/model.safetensors could not be loaded \(HTTP status 404\). Check the address/,
    );
  });
});
