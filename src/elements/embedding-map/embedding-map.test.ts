import {expect, fixture, html, oneEvent} from '@open-wc/testing';
import {nearest} from '../../math/neighbors.js';
import {pca, project} from '../../math/pca.js';
import {until} from '../../ui/testing/until.js';
import {placeOn} from '../../viz/scatter.js';
import '../gpt-model/gpt-model.js';
import type {GptModel} from '../gpt-model/gpt-model.js';
import './embedding-map.js';
import {EmbeddingMapHarness, exampleSnapshots} from './embedding-map.harness.js';
import type {EmbeddingMap} from './embedding-map.js';
import {matching} from './matching.js';

const example = exampleSnapshots();
const WIDTH = 24;
const flat = (index: number) => Float32Array.from(example.snapshots[index]!.weights.flat());
const fixed = (value: number) => value.toFixed(2).replace('-', '−');

async function drawn(data: object = {}, style = '') {
  const element = await fixture<EmbeddingMap>(html`<embedding-map style=${style}></embedding-map>`);
  Object.assign(element, example, data);
  const harness = new EmbeddingMapHarness(element);
  await harness.drawn();
  return {element, harness};
}

/** Where the points of a snapshot must lie, in pixels. */
function places(harness: EmbeddingMapHarness, index: number): {x: number; y: number}[] {
  const axes = pca(flat(example.snapshots.length - 1), WIDTH);
  const all = example.snapshots.map((_, n) => project(flat(n), WIDTH, axes));
  const extent = {x: 0, y: 0};
  for (const place of all)
    for (let i = 0; i < place.length; i += 3) {
      extent.x = Math.max(extent.x, Math.abs(place[i]!));
      extent.y = Math.max(extent.y, Math.abs(place[i + 1]!));
    }
  const {clientWidth, clientHeight} = harness.canvas!;
  const place = placeOn(clientWidth, clientHeight, extent);
  return example.tokens.map((_, row) =>
    place({x: all[index]![3 * row]!, y: all[index]![3 * row + 1]!, depth: 0}),
  );
}

describe('<embedding-map> with given data', () => {
  it('<embedding-map> places each token along the principal components, in the color of its class', async () => {
    const {harness} = await drawn();
    expect(harness.classes).to.deep.equal(['names', 'pronouns', 'things and animals', 'adjectives', 'other']);
    const expected = places(harness, 5);
    const colors = {0: 'rgb(181, 51, 138)', 5: 'rgb(106, 116, 16)', 8: 'rgb(65, 97, 143)'};
    for (const [row, color] of Object.entries(colors)) {
      const {x, y} = expected[Number(row)]!;
      expect(harness.pixel(x, y), example.tokens[Number(row)]).to.equal(color);
    }
  });

  it('<embedding-map> lists the nearest tokens by cosine, at the first and the newest step', async () => {
    const {element, harness} = await drawn();
    const row = example.tokens.indexOf(' she');
    element.token = row;
    await element.updateComplete;
    const before = nearest(flat(0), WIDTH, row, 99);
    const expected = nearest(flat(5), WIDTH, row, 8).map((near) => [
      example.tokens[near.row]!.replace(' ', '·').replace('\n', '↵'),
      fixed(near.similarity),
      fixed(before.find((old) => old.row === near.row)!.similarity),
    ]);
    expect(harness.neighbors).to.deep.equal(expected);
    expect(
      expected
        .slice(0, 3)
        .map(([token]) => token)
        .sort(),
    ).to.deep.equal(['·he', '·her', '·him']);
    expect(harness.readout).to.contain(`is nearest to ·she: cosine ${expected[0]![1]}`);
  });

  it('<embedding-map> shows an earlier snapshot along the same axes', async () => {
    const {element, harness} = await drawn();
    expect(harness.time).to.equal('step 250 (newest)');
    await harness.scrub(0);
    expect(element.step).to.equal(0);
    expect(harness.time).to.equal('step 0');
    await harness.drawn();
    const {x, y} = places(harness, 0)[8]!;
    expect(harness.pixel(x, y)).to.equal('rgb(65, 97, 143)');
    expect(harness.neighbors.map(([token, now]) => [token, now])).to.deep.equal(
      nearest(flat(0), WIDTH, 0, 8).map((near) => [
        example.tokens[near.row]!.replace(' ', '·').replace('\n', '↵'),
        fixed(near.similarity),
      ]),
    );
    expect(harness.readout).to.contain('no nearer than with random vectors');
    await harness.scrub(5);
    expect(element.step, 'the newest snapshot is the default').to.equal(undefined);
  });

  it('<embedding-map> chooses the token that is clicked and describes the one under the pointer', async () => {
    const {element, harness} = await drawn();
    const expected = places(harness, 5);
    const event = oneEvent(element, 'gpt-token-chosen');
    await harness.clickAt(expected[11]!.x + 3, expected[11]!.y);
    expect((await event).detail).to.deep.equal({id: 11, token: ' cake'});
    expect(harness.text).to.contain('Nearest to ·cake by cosine');
    await harness.hover(expected[0]!.x, expected[0]!.y);
    expect(harness.readout).to.match(/^Mia \(id 0\): nearest to (Tom|Ben|Lily), cosine/);
  });

  it('<embedding-map> finds a token by its text', async () => {
    const {element, harness} = await drawn();
    await harness.find('kite');
    expect(element.token).to.equal(9);
    await harness.find('he');
    expect(element.token, 'a whole token before a part of one').to.equal(4);
    expect([...matching(['Mia', ' Mia'], '·Mia')], 'as the map writes it').to.deep.equal([1]);
    await harness.find('zebra');
    expect(harness.text).to.contain('No token on the map contains “zebra”.');
  });

  it('<embedding-map> is navigated and rotated with the keyboard', async () => {
    const {element, harness} = await drawn();
    const expected = places(harness, 5);
    const left = expected.reduce((best, {x}, row) => (x < expected[best]!.x ? row : best), 0);
    element.token = left;
    await harness.key('ArrowRight');
    expect(expected[element.token!]!.x).to.be.greaterThan(expected[left]!.x);
    await harness.key('ArrowRight', {shiftKey: true});
    const chosen = element.token;
    await harness.pick(3);
    expect(element.dimensions).to.equal(3);
    await harness.drawn();
    const before = harness.canvas!.toDataURL();
    await harness.key('ArrowLeft', {shiftKey: true});
    await harness.drawn();
    expect(harness.canvas!.toDataURL()).not.to.equal(before);
    expect(element.token).to.equal(chosen);
  });

  it('<embedding-map> is rotated by dragging in 3D, and not in 2D', async () => {
    const {element, harness} = await drawn();
    const turned = async () => {
      const before = harness.canvas!.toDataURL();
      await harness.drag([100, 60], [180, 90]);
      await harness.hover(2, 2);
      await harness.drawn();
      return harness.canvas!.toDataURL() !== before;
    };
    expect(await turned()).to.equal(false);
    await harness.pick(3);
    await harness.drawn();
    const {token} = element;
    expect(await turned()).to.equal(true);
    expect(element.token).to.equal(token);
  });

  it('<embedding-map> shows at most 400 tokens of a large vocabulary', async () => {
    const tokens = Array.from({length: 1000}, (_, i) => `t${i}`);
    const weights = Float32Array.from({length: 8000}, (_, i) => Math.sin(i * i));
    const {element, harness} = await drawn({snapshots: undefined, weights, tokens}, 'width: 360px');
    expect(harness.text).to.contain('The vocabulary has 1,000 tokens; 400 are shown');
    expect(element.scrollWidth).to.be.at.most(360);
    expect(harness.classes).to.deep.equal([]);
  });

  it('<embedding-map> says what is wrong with given data', async () => {
    const element = await fixture<EmbeddingMap>(html`<embedding-map></embedding-map>`);
    element.weights = [[1, 2], [3]];
    await element.updateComplete;
    expect(new EmbeddingMapHarness(element).text).to.contain('equally long');
  });

  it('<embedding-map> with given data is accessible and loads neither tfjs nor a worker', async () => {
    const {element} = await drawn();
    await expect(element).to.be.accessible();
    const loaded = performance.getEntriesByType('resource').map(({name}) => name);
    expect(loaded.filter((name) => /tensorflow|tfjs|\.worker/.test(name))).to.deep.equal([]);
  });
});

describe('<embedding-map> with a model', () => {
  it('<embedding-map> keeps snapshots while the model trains and discards them when the model is reset', async () => {
    const provider = await fixture<GptModel>(html`
      <gpt-model backend="cpu" .text=${'one two three four five. '.repeat(20)} config='{"embDim": 16, "nHeads": 2, "nLayers": 1, "contextLength": 12}'>
        <embedding-map></embedding-map>
      </gpt-model>
    `);
    const harness = new EmbeddingMapHarness(provider.querySelector<EmbeddingMap>('embedding-map')!);
    await until(() => harness.canvas !== null, 'a map');
    expect(harness.scrubber).to.equal(null);
    const model = provider.live;
    for (let i = 0; i < 3; i++) {
      await model.stepOnce();
      await until(() => Number(harness.scrubber?.max) === i + 1, `snapshot ${i + 2}`);
    }
    expect(harness.time).to.equal('step 3 (newest)');
    const {data} = (await model.weights(['wte.weight'])).get('wte.weight')!;
    const [id] = model.encode('e');
    await harness.find('e');
    expect(harness.neighbors[0]!.slice(0, 2)).to.deep.equal(
      nearest(data, 16, id!, 1).flatMap((near) => [
        model.decode([near.row]).replace(' ', '·'),
        fixed(near.similarity),
      ]),
    );
    await model.reset();
    await until(() => harness.scrubber === null, 'only one snapshot');
  });
});
