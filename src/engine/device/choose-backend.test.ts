import {expect} from '@open-wc/testing';
import {getBackend, getKernel, registerKernel, unregisterKernel} from '@tensorflow/tfjs-core';
import {PRESETS} from '../../model/presets.js';
import type {BackendName} from '../protocol.js';
import {rejection} from '../testing/in-process.js';
import {type Backend, type OpenBackend, openBackend} from './backend.js';
import {type RememberedChoice, StoredChoice} from './choice-memory.js';
import {type ChoiceParts, chooseBackend} from './choose-backend.js';
import {estimateStepMs, type Speed, stepFlops, suggestPreset} from './probe.js';
import {selfTest} from './self-test.js';

const speed = (flopsPerSecond: number, overheadMs = 0): Speed => ({flopsPerSecond, overheadMs, probeMs: 1});

/** Candidates that compute nothing: only the choice is looked at. */
function pretend(
  hardware: Partial<Record<BackendName, boolean>>,
  rest: Partial<ChoiceParts> = {},
): {parts: Partial<ChoiceParts>; closed: BackendName[]; opened: BackendName[]} {
  const closed: BackendName[] = [];
  const opened: BackendName[] = [];
  const open = (name: BackendName) => async (): Promise<Backend | undefined> => {
    opened.push(name);
    if (!(name in hardware)) return undefined;
    return {
      name,
      description: name,
      hardware: hardware[name]!,
      memory: {total: 1, largest: 1},
      takeErrors: () => [],
      lost: new Promise(() => {}),
      use: async () => {},
      close: () => closed.push(name),
    };
  };
  const names: BackendName[] = ['webgpu', 'wasm', 'webgl', 'cpu'];
  return {
    closed,
    opened,
    parts: {
      isHardware: async (name) => hardware[name],
      memory: {recall: async () => undefined, keep: async () => {}},
      cores: 64,
      open: Object.fromEntries(names.map((name) => [name, open(name)])) as ChoiceParts['open'],
      selfTest: async () => undefined,
      glance: async () => 1,
      probe: async () => speed(1e9),
      ...rest,
    },
  };
}

describe('the choice of a backend', () => {
  it('takes a hardware WebGPU first and looks no further', async () => {
    const {parts} = pretend({webgpu: true, wasm: false, webgl: true});
    const {facts} = await chooseBackend('auto', parts);
    expect(facts.name).to.equal('webgpu');
    expect(facts.candidates.map(({name, state}) => [name, state])).to.deep.equal([['webgpu', 'chosen']]);
  });

  it('takes the quickest where there is none, and frees the others', async () => {
    const speeds = [1e9, 4e9, 2e9];
    const {parts, closed} = pretend(
      {webgpu: false, wasm: false, webgl: true},
      {probe: async () => speed(speeds.shift()!)},
    );
    const {facts} = await chooseBackend('auto', parts);
    expect(facts.name).to.equal('webgl');
    expect(facts.reason).to.contain('2.0 times as fast as the next, webgpu');
    expect(facts.candidates.map(({name, state}) => [name, state])).to.deep.equal([
      ['wasm', 'slower'],
      ['webgl', 'chosen'],
      ['webgpu', 'slower'],
    ]);
    expect(closed).to.include.members(['wasm', 'webgpu']).and.not.include('webgl');
  });

  it('skips one that computes wrongly, visibly', async () => {
    const {parts} = pretend(
      {webgpu: true, wasm: false},
      {selfTest: async (name) => (name === 'webgpu' ? 'Its gradient is wrong.' : undefined)},
    );
    const {facts} = await chooseBackend('auto', parts);
    expect(facts.name).to.equal('wasm');
    expect(facts.candidates[0]).to.deep.equal({
      name: 'webgpu',
      state: 'skipped',
      message: 'It failed the self-test: Its gradient is wrong.',
    });
  });

  it('does not wait for software that a glance shows to be slower', async () => {
    const glances = [1, 50];
    let tests = 0;
    const {parts} = pretend(
      {wasm: false, webgl: false},
      {
        glance: async () => glances.shift()!,
        selfTest: async () => {
          tests++;
          return undefined;
        },
      },
    );
    const {facts} = await chooseBackend('auto', parts);
    expect(tests).to.equal(1);
    expect(facts.candidates.find(({name}) => name === 'webgl')?.message).to.contain(
      'takes it 50 ms; wasm takes 1.0 ms',
    );
  });

  it('does not try software that imitates a GPU on few cores, where WebAssembly works', async () => {
    const {parts, opened} = pretend({webgpu: false, wasm: false, webgl: false}, {cores: 4});
    const {facts} = await chooseBackend('auto', parts);
    expect(opened).to.deep.equal(['wasm']);
    expect(facts.name).to.equal('wasm');
    expect(facts.candidates.map(({name, state}) => [name, state])).to.deep.equal([
      ['webgpu', 'skipped'],
      ['wasm', 'chosen'],
      ['webgl', 'skipped'],
    ]);
  });

  it('tries a GPU behind WebGL on few cores, and any software where WebAssembly does not work', async () => {
    const speeds = [1e9, 4e9];
    const gpu = pretend(
      {webgpu: false, wasm: false, webgl: true},
      {cores: 4, probe: async () => speed(speeds.shift()!)},
    );
    expect((await chooseBackend('auto', gpu.parts)).facts.name).to.equal('webgl');
    const software = pretend({webgpu: false, webgl: false}, {cores: 4});
    await chooseBackend('auto', software.parts);
    expect(software.opened).to.deep.equal(['wasm', 'webgl']);
    const wrong = pretend({webgpu: false}, {cores: 4});
    expect((await chooseBackend('auto', wrong.parts)).facts.name).to.equal('webgpu');
  });

  it('takes what was the quickest on an earlier visit after its self-test alone', async () => {
    let probes = 0;
    const kept: RememberedChoice[] = [];
    const visit = (rest: Partial<ChoiceParts> = {}, hardware = false) =>
      pretend(
        {webgpu: hardware, wasm: false, webgl: false},
        {
          probe: async () => {
            probes++;
            return speed(2e9);
          },
          memory: {recall: async () => kept.at(-1), keep: async (_, choice) => void kept.push(choice)},
          ...rest,
        },
      );
    await chooseBackend('auto', visit().parts);
    expect(kept.map(({name}) => name)).to.deep.equal(['wasm']);
    expect(probes).to.equal(3);

    const second = visit();
    const {facts} = await chooseBackend('auto', second.parts);
    expect(facts).to.deep.include({name: 'wasm', flopsPerSecond: 2e9});
    expect([second.opened, probes]).to.deep.equal([['wasm'], 3]);

    const hardware = await chooseBackend('auto', visit({}, true).parts);
    expect(hardware.facts.name, 'a GPU that was not there before comes first').to.equal('webgpu');

    const selfTest = async (name: BackendName) => (name === 'wasm' ? 'It gave 0.' : undefined);
    const broken = await chooseBackend('auto', visit({selfTest}).parts);
    expect(broken.facts.name, 'what fails now is not taken for having passed').to.equal('webgl');
  });

  it('times software that is asked for once in a week, and a GPU each time', async () => {
    const stored = new Map<string, string>();
    const memory = new StoredChoice({
      get: async (key) => stored.get(key),
      set: async (key, value) => void stored.set(key, value),
    });
    const probed: string[] = [];
    const ask = async (name: BackendName, hardware: boolean) => {
      const probe = async () => {
        probed.push(name);
        return speed(3e9);
      };
      const {parts} = pretend({[name]: hardware}, {memory, probe});
      return (await chooseBackend(name, parts)).facts.flopsPerSecond;
    };
    for (let visit = 0; visit < 2; visit++)
      expect([await ask('cpu', false), await ask('wasm', false), await ask('webgpu', true)]).to.deep.equal([
        3e9, 3e9, 3e9,
      ]);
    expect(probed).to.deep.equal(['cpu', 'wasm', 'webgpu', 'webgpu']);
    expect(await memory.recall(64), 'it is not taken for the quickest of all').to.equal(undefined);
  });

  it('probes where the memory fails or does not answer', async () => {
    for (const recall of [
      () => Promise.reject(new Error('no storage')),
      () => new Promise<never>(() => {}),
    ]) {
      const {parts} = pretend({wasm: false}, {memory: {recall, keep: async () => {}}});
      expect((await chooseBackend('auto', parts)).facts.name).to.equal('wasm');
    }
  });

  it('falls back to plain JavaScript, and refuses where nothing works', async () => {
    const {facts} = await chooseBackend('auto', pretend({cpu: false}).parts);
    expect(facts.name).to.equal('cpu');
    expect((await rejection(chooseBackend('auto', pretend({}).parts))).code).to.equal('backend');
    const forced = await rejection(chooseBackend('webgl', pretend({wasm: false}).parts));
    expect(forced.message).to.contain('“webgl” cannot be used here.');
  });

  it('chooses for real, and the chosen one is current', async () => {
    const {facts, backend} = await chooseBackend('auto');
    expect(facts.candidates.filter(({state}) => state === 'chosen')).to.have.length(1);
    expect(getBackend()).to.equal(facts.name);
    expect(facts.flopsPerSecond).to.be.above(1e7);
    expect(await selfTest()).to.equal(undefined);
    backend.close();
  });
});

describe('the memory of the choice', () => {
  it('gives a choice back for a week, for the same number of cores', async () => {
    const stored = new Map<string, string>();
    const memory = {
      get: async (key: string) => stored.get(key),
      set: async (key: string, value: string) => void stored.set(key, value),
    };
    const day = 24 * 3600 * 1000;
    const choice = {name: 'wasm' as const, speed: speed(1e9, 2)};
    await new StoredChoice(memory, () => 100 * day).keep(2, choice);
    const recall = (days: number, cores = 2) => new StoredChoice(memory, () => days * day).recall(cores);
    expect(await recall(106)).to.deep.equal(choice);
    expect(await recall(107)).to.equal(undefined);
    expect(await recall(99), 'a clock that was set back').to.equal(undefined);
    expect(await recall(101, 4)).to.equal(undefined);
  });
});

describe('the self-test', () => {
  for (const name of ['cpu', 'wasm', 'webgpu'] as const)
    it(`agrees with PyTorch on ${name}, and notices a wrong operation`, async () => {
      const backend = (await openBackend[name]())!;
      expect(await selfTest()).to.equal(undefined);
      expect(backend.takeErrors()).to.deep.equal([]);
      const right = getKernel('Sigmoid', name)!;
      unregisterKernel('Sigmoid', name);
      registerKernel({...getKernel('Tanh', name)!, kernelName: 'Sigmoid'}); // a curve of the same kind, but not the same
      try {
        expect(await selfTest()).to.be.a('string');
      } finally {
        unregisterKernel('Sigmoid', name);
        registerKernel(right);
        backend.close();
      }
    });
});

describe('a GPU that answers too late', () => {
  it('does not take the place of the backend that is used by then', async () => {
    const backend = (await openBackend.cpu())!;
    expect(await openBackend.webgpu(() => true)).to.equal(undefined);
    expect(getBackend()).to.equal('cpu');
    backend.close();
  });

  it('is told that it is late', async () => {
    const clock = globalThis.setTimeout;
    let isLate = () => false;
    const {parts} = pretend({wasm: false});
    const webgpu: OpenBackend = (late) => {
      isLate = late!;
      return new Promise(() => {});
    };
    globalThis.setTimeout = ((work: () => void, ms?: number) => clock(work, (ms ?? 0) / 1000)) as never;
    try {
      const {facts} = await chooseBackend('auto', {...parts, open: {...parts.open!, webgpu}});
      expect(facts.name).to.equal('wasm');
    } finally {
      globalThis.setTimeout = clock;
    }
    expect(isLate()).to.equal(true);
  });
});

describe('the probe’s estimates', () => {
  it('counts the work of a step', () => {
    // One block, C = 2, T = 3, V = 5, B = 7, by hand: 24·4 + 4·3·2 = 120 for the block, 2·5·2 = 20 for the head, a token.
    const config = {...PRESETS.nano.config, nLayers: 1, embDim: 2, contextLength: 3, vocabSize: 5, nHeads: 1};
    expect(stepFlops(config, 7)).to.equal(3 * 7 * 3 * 140);
  });

  it('suggests larger presets for faster devices', () => {
    const suggested = [1e8, 3e10, 1e12, 2e13, 1e15].map((rate) => suggestPreset(speed(rate)));
    expect(suggested).to.deep.equal(['nano', 'micro', 'mini', 'small', 'gpt2-124M']);
    expect(suggestPreset(speed(1e15, 100)), 'however fast, launching work takes its time').to.equal('nano');
    expect(estimateStepMs(PRESETS.nano.config, 16, speed(1e15, 10))).to.be.closeTo(30, 0.01);
  });
});
