import {expect} from '@open-wc/testing';
import {connectInProcess, TINY_SPEC} from '../engine/testing/in-process.js';
import {LiveModel} from './live-model.js';
import {type ModelRecord, readRecord, writeRecord} from './record.js';
import {recordKey} from './record-key.js';

const IDS = [0, 1, 2];
const WANT = ['embed', 'h.*.attn.probs'];

/** A live model, and how often it has asked for an engine. */
function made(spec = TINY_SPEC) {
  let connections = 0;
  const connect = () => {
    connections++;
    return connectInProcess();
  };
  return {model: new LiveModel('m', spec, connect, {backend: 'cpu'}), connections: () => connections};
}

/** What the engine says to a trace, as a record whose numbers are moved by `by`. */
async function recorded(by = 0): Promise<ModelRecord> {
  const {model} = made();
  const facts = await model.ready;
  const answer = await model.trace({ids: IDS, want: WANT});
  await model.close();
  for (const tensor of Object.values(answer)) tensor.data = tensor.data.map((value) => value + by);
  return {spec: TINY_SPEC, facts, answers: {[recordKey('trace', IDS, WANT, {})]: answer}};
}

describe('A live model with a record', () => {
  it('answers what was recorded without an engine, and knows what it is', async () => {
    const record = await recorded(0.5);
    const {model, connections} = made();
    model.addRecord(record);
    expect(await model.ready).to.deep.equal(record.facts);
    expect(model.isRecorded).to.equal(true);
    expect(model.encode('one')).to.have.length(3);
    const trace = await model.trace({ids: IDS, want: WANT});
    expect(trace).to.deep.equal(record.answers[recordKey('trace', IDS, WANT, {})]);
    expect(connections()).to.equal(0);
  });

  it('opens for any other question, and from then on answers by itself', async () => {
    const record = await recorded(0.5);
    const {model, connections} = made();
    model.addRecord(record);
    const other = await model.trace({ids: [2, 1], want: ['embed']});
    expect(other.embed!.shape.slice(-2)).to.deep.equal([2, 16]);
    expect(connections()).to.equal(1);
    expect(model.isRecorded).to.equal(false);
    const live = await model.trace({ids: IDS, want: WANT});
    const before = record.answers[recordKey('trace', IDS, WANT, {})] as typeof live;
    expect(live.embed!.data[0]).to.be.closeTo(before.embed!.data[0]! - 0.5, 1e-6);
    await model.close();
  });

  it('goes on answering from it while the engine starts', async () => {
    const record = await recorded(0.5);
    const {model} = made();
    model.addRecord(record);
    await model.ready;
    const starting = model.start();
    expect(await model.ready).to.equal(record.facts);
    expect(await model.trace({ids: IDS, want: WANT})).to.equal(
      record.answers[recordKey('trace', IDS, WANT, {})],
    );
    expect(model.isRecorded).to.equal(true);
    await starting;
    await model.close();
  });

  it('tells its views to ask again when it is open, and keeps its tokenizer', async () => {
    const {model} = made();
    model.addRecord(await recorded());
    await model.ready;
    const {tokenizer} = model;
    let asked = 0;
    model.addEventListener('gpt-weights', () => asked++);
    await model.start();
    expect(asked).to.equal(1);
    expect(model.tokenizer).to.equal(tokenizer);
    await model.close();
  });

  it('ignores a record of another model, and one that comes when it is open', async () => {
    const record = await recorded(0.5);
    const {model} = made({...TINY_SPEC, seed: 2});
    model.addRecord(record);
    await model.start();
    model.spec = TINY_SPEC;
    await model.start();
    model.addRecord(record);
    const live = await model.trace({ids: IDS, want: WANT});
    const before = record.answers[recordKey('trace', IDS, WANT, {})] as typeof live;
    expect(live.embed!.data[0]).to.be.closeTo(before.embed!.data[0]! - 0.5, 1e-6);
    await model.close();
  });

  it('forgets it with its spec', async () => {
    const {model, connections} = made();
    model.addRecord(await recorded());
    model.spec = {...TINY_SPEC, seed: 2};
    expect((await model.ready).seed).to.equal(2);
    expect(connections()).to.equal(1);
    await model.close();
  });
});

describe('A record as a file', () => {
  const written = (...data: number[]) =>
    writeRecord({
      spec: TINY_SPEC,
      answers: {a: {x: {shape: [data.length], data: Float32Array.from(data)}}},
    });

  it('keeps numbers of a large range, and those of 16 bits, as they are', () => {
    for (const data of [
      [1 / 3, -1e-30, 12345.678, 0],
      [0.5, -0.25, 65504, -0],
    ]) {
      const {x} = readRecord(written(...data)).answers.a as Record<string, {data: Float32Array}>;
      expect([...x!.data]).to.deep.equal([...Float32Array.from(data)]);
    }
  });

  it('takes 16 bits a number where that loses nothing', () => {
    expect(written(0.5, 0.25)).to.contain('float16');
    expect(written(0.5, 100 / 3)).to.contain('float32');
  });

  it('takes 16 bits a number where the range is small, and keeps each to 1e-5; what is masked stays exactly 0', () => {
    const data = [0, 1 / 3, 0.123456, 2 / 3, 1e-7, 1];
    const json = written(...data);
    expect(json).to.contain('uint16');
    const {x} = readRecord(json).answers.a as Record<string, {data: Float32Array}>;
    for (const [i, value] of x!.data.entries()) expect(value, `number ${i}`).to.be.closeTo(data[i]!, 1e-5);
    expect(x!.data[0]).to.equal(0);
    expect(x!.data.at(-1)).to.equal(1);
  });

  it('reads a table of one number that takes more than 16 bits', () => {
    const {x} = readRecord(written(1 / 3, 1 / 3)).answers.a as Record<string, {data: Float32Array}>;
    expect([...x!.data]).to.deep.equal([Math.fround(1 / 3), Math.fround(1 / 3)]);
  });

  it('keeps the infinities of masked scores', () => {
    const {x} = readRecord(written(-Infinity, 1 / 3)).answers.a as Record<string, {data: Float32Array}>;
    expect(x!.data[0]).to.equal(-Infinity);
  });
});
