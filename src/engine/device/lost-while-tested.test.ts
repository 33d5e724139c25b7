import {expect} from '@open-wc/testing';
import type {BackendName} from '../protocol.js';
import {failuresOf, must} from '../testing/rounds.js';
import type {Backend} from './backend.js';
import {type ChoiceParts, chooseBackend} from './choose-backend.js';

const RAW = "Failed to execute 'mapAsync' on 'GPUBuffer': [Buffer] is destroyed";
const STAGES = ['glance', 'selfTest', 'probe'] as const;
/** How work ends whose device is lost meanwhile. */
const ENDS = ['throws', 'hangs', 'is wrong'] as const;

/** Devices of which the first `losses` are lost in a stage of their test. */
function devices(stage: (typeof STAGES)[number], end: (typeof ENDS)[number], losses: number) {
  let opened = 0;
  let lose = (_reason: string) => {};
  const open = (name: BackendName) => async (): Promise<Backend | undefined> => {
    if (name !== 'webgpu' && name !== 'cpu') return undefined;
    if (name === 'webgpu') opened++;
    return {
      name,
      description: name,
      hardware: name === 'webgpu',
      memory: {total: 1, largest: 1},
      takeErrors: () => [],
      lost: new Promise((resolve) => {
        if (name === 'webgpu') lose = resolve;
      }),
      use: async () => {},
      close: () => {},
    };
  };
  const at =
    <T>(here: (typeof STAGES)[number], good: T, wrong: T) =>
    async (): Promise<T> => {
      if (here !== stage || opened > losses || current !== 'webgpu') return good;
      setTimeout(() => lose('the driver was reset'), end === 'hangs' ? 5 : 0);
      if (end === 'throws') throw new Error(RAW);
      return end === 'hangs' ? new Promise(() => {}) : wrong;
    };
  let current = '';
  const names: BackendName[] = ['webgpu', 'wasm', 'webgl', 'cpu'];
  const parts: Partial<ChoiceParts> = {
    isHardware: async (name) => (name === 'webgpu' ? true : undefined),
    memory: {recall: async () => undefined, keep: async () => {}},
    open: Object.fromEntries(
      names.map((name) => [
        name,
        async () => {
          current = name;
          return open(name)();
        },
      ]),
    ) as ChoiceParts['open'],
    glance: at('glance', 1, 1),
    selfTest: at<string | undefined>('selfTest', undefined, 'It gave 0.'),
    probe: at(
      'probe',
      {flopsPerSecond: 1e9, overheadMs: 1, probeMs: 1},
      {flopsPerSecond: 0, overheadMs: 1, probeMs: 1},
    ),
  };
  return {parts, opened: () => opened};
}

describe('a GPU that is lost while it is tested', () => {
  const inputs = STAGES.flatMap((stage) =>
    ENDS.filter((end) => end !== 'is wrong' || stage === 'selfTest').flatMap((end) =>
      [0, 1, 2, 3, 4].flatMap((losses) =>
        (['webgpu', 'auto'] as const).map((choice) => ({stage, end, losses, choice})),
      ),
    ),
  );

  it('is replaced, and given up with a sentence or for another backend when that does not help', async () => {
    const failures = await failuresOf(inputs.length, async (_, round) => {
      const {stage, end, losses, choice} = inputs[round - 1]!;
      const what = `${stage} ${end}, ${losses} lost, ${choice}`;
      const {parts} = devices(stage, end, losses);
      const outcome = await Promise.race([
        chooseBackend(choice, parts).then(
          ({facts}) => facts.name as string,
          (error: Error) => error.message,
        ),
        new Promise<string>((resolve) => setTimeout(resolve, 3000, 'nothing came')),
      ]);
      if (losses < 3) must(outcome === 'webgpu', `${what}: ${outcome}`);
      else if (choice === 'auto') must(outcome === 'cpu', `${what}: ${outcome}`);
      else
        must(
          /lost 3 times .* \(the driver was reset\)/.test(outcome) && !outcome.includes(RAW),
          `${what}: ${outcome}`,
        );
    });
    expect(failures).to.deep.equal([]);
  });
});
