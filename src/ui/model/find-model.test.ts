import {expect, fixture, html} from '@open-wc/testing';
import {LitElement} from 'lit';
import {property} from 'lit/decorators.js';
import type {GptModel} from '../../elements/gpt-model/gpt-model.js';
import '../../elements/gpt-model/gpt-model.js';
import {hash32} from '../../math/rng.js';
import type {LiveModel} from '../../state/live-model.js';
import {defaultModel} from '../../state/registry.js';
import {until} from '../testing/until.js';
import {ModelController} from './model-controller.js';

class TestView extends LitElement {
  @property() accessor for = '';
  readonly models = new ModelController(this, []);
}
customElements.define('test-model-view', TestView);

class GivenView extends LitElement {
  @property() accessor for = '';
  isGiven = true;
  readonly models: ModelController = new ModelController(this, [], undefined, () => !this.isGiven);
}
customElements.define('test-given-view', GivenView);

const settled = () => new Promise((resolve) => setTimeout(resolve));

function makeModel(id: string): GptModel {
  const model = document.createElement('gpt-model');
  model.id = id;
  return model;
}

/** What a view in `root` has to show. */
function expected(view: TestView): LiveModel | undefined {
  const root = view.getRootNode() as Document | ShadowRoot;
  const target = root.getElementById(view.for);
  return target?.localName === 'gpt-model' ? (target as GptModel).live : undefined;
}

describe('the model of a view', () => {
  let stage: HTMLElement;
  beforeEach(async () => {
    stage = await fixture(html`<div></div>`);
  });

  async function place(name: string, parent: Element | ShadowRoot = stage): Promise<TestView> {
    const view = new TestView();
    view.for = name;
    parent.append(view);
    await settled();
    return view;
  }

  it('is found when it arrives long after the view, and the problem goes', async () => {
    const view = await place('late');
    expect(view.models.model).to.equal(undefined);
    expect(view.models.problem).to.contain('for="late" names no <gpt-model>');
    const model = makeModel('late');
    stage.append(model);
    await settled();
    expect(view.models.model === model.live).to.equal(true);
    expect(view.models.problem).to.equal(undefined);
  });

  it('is the new one where it is replaced by another of the same id', async () => {
    const first = makeModel('same');
    stage.append(first);
    const view = await place('same');
    expect(view.models.model === first.live).to.equal(true);
    const second = makeModel('same');
    first.replaceWith(second);
    await settled();
    expect(view.models.model === second.live).to.equal(true);
  });

  it('is a new one where it comes back after it was closed', async () => {
    const model = makeModel('back');
    stage.append(model);
    const view = await place('back');
    const before = model.live;
    model.remove();
    await settled();
    await settled();
    expect(view.models.model).to.equal(undefined);
    expect(before.status).to.equal('closed');
    stage.append(model);
    await settled();
    expect(model.live === before).to.equal(false);
    expect(model.live.name).to.equal('back');
    expect(view.models.model === model.live).to.equal(true);
  });

  it('stays the same where it is moved within the page', async () => {
    const model = makeModel('moved');
    stage.append(model);
    const view = await place('moved');
    const {live} = model;
    const box = document.createElement('div');
    stage.append(box);
    box.append(model);
    await settled();
    expect(model.live === live).to.equal(true);
    expect(view.models.model === live).to.equal(true);
  });

  it('is the page’s default again when the one with the id “default” goes', async () => {
    const view = await place('');
    await until(() => view.models.model !== undefined, 'the default model');
    expect(view.models.model === defaultModel()).to.equal(true);
    const model = makeModel('default');
    stage.append(model);
    await settled();
    expect(view.models.model === model.live).to.equal(true);
    model.remove();
    await until(() => view.models.model === defaultModel(), 'the default model');
  });

  it('is not made for a view that the page gives its data', async () => {
    const view = new GivenView();
    stage.append(view);
    await settled();
    await settled();
    expect(view.models.model).to.equal(undefined);
    view.isGiven = false;
    view.requestUpdate();
    await until(() => view.models.model !== undefined, 'the default model');
  });

  it('is given to whoever waits for it', async () => {
    const view = new TestView();
    view.for = 'awaited';
    const found = view.models.whenFound();
    stage.append(view);
    await settled();
    const model = makeModel('awaited');
    stage.append(model);
    expect((await found) === model.live).to.equal(true);
  });

  it('is not followed any more once the view has left the page', async () => {
    const view = await place('gone');
    view.remove();
    const model = makeModel('gone');
    stage.append(model);
    await settled();
    expect(view.models.model).to.equal(undefined);
  });

  it('is the one that the page names after any sequence of changes', async () => {
    const ids = ['a', 'b', 'c'];
    const tags = ['gpt-model', 'gpt-model', 'div'];
    for (let round = 0; round < 60; round++) {
      let state = round + 1;
      const draw = (below: number) => {
        state = hash32(state);
        return Math.abs(state) % below;
      };
      const host = document.createElement('div');
      stage.append(host);
      const root = draw(2) ? host.attachShadow({mode: 'open'}) : host;
      const views: TestView[] = [];
      for (const id of ids) views.push(await place(id, root));
      const targets: Element[] = [];
      for (let change = 0; change < 12; change++) {
        const target = targets[draw(targets.length || 1)];
        const kind = targets.length < 2 ? 0 : draw(6);
        if (kind === 0) {
          const made = document.createElement(tags[draw(3)]!);
          made.id = ids[draw(3)]!;
          root.prepend(made);
          targets.push(made);
        } else if (kind === 1) target!.remove();
        else if (kind === 2) target!.id = ids[draw(3)]!;
        else if (kind === 3) root.append(target!);
        else if (kind === 4) views[draw(3)]!.for = ids[draw(3)]!;
        else root.append(views[draw(3)]!);
        if (draw(2)) await settled();
      }
      await settled();
      await settled();
      for (const view of views)
        expect(view.models.model === expected(view), `round ${round}, for="${view.for}"`).to.equal(true);
      host.remove();
      await settled();
    }
  });
});
