// GPT-2 small's shapes (124M parameters, random weights): reading the file, the first attention view, and writing. The file is
// written to a temporary folder and given to the page as a reader would choose it.
import {mkdtempSync, readdirSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {atMost, notRun} from '../group.mjs';
import {writeGpt2} from './shared/write-gpt2.mjs';

const BACKENDS = ['wasm', 'webgpu'];

/** Memory of the browser, all its processes, in bytes: those that descend from this one. */
function browserMemory() {
  const parents = new Map();
  const resident = new Map();
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name)))
    try {
      const status = readFileSync(`/proc/${pid}/status`, 'utf8');
      const field = (name) => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0);
      parents.set(Number(pid), field('PPid'));
      resident.set(Number(pid), 1024 * field('VmRSS'));
    } catch {
      // It has ended meanwhile.
    }
  const descends = (pid) => {
    for (let at = parents.get(pid); at; at = parents.get(at)) if (at === process.pid) return true;
    return false;
  };
  return [...resident].reduce((sum, [pid, bytes]) => sum + (descends(pid) ? bytes : 0), 0);
}

/** Does something, and returns the most memory that the browser held meanwhile. */
async function withPeak(work) {
  let peak = browserMemory();
  const timer = setInterval(() => (peak = Math.max(peak, browserMemory())), 50);
  try {
    return {value: await work(), peak};
  } finally {
    clearInterval(timer);
  }
}

async function measure(inPage, backend, folder, bytes) {
  const work = async (tab) => {
    await tab.call('prepareGpt2', backend);
    const baseline = browserMemory();
    await tab.choose(
      'input',
      ['config.json', 'model.safetensors'].map((name) => join(folder, name)),
    );
    const load = await withPeak(() => tab.call('loadGpt2'));
    const held = browserMemory();
    const view = await withPeak(() => tab.call('viewGpt2'));
    const writing = await withPeak(() => tab.call('writeGpt2'));
    const above = (value) => Math.round((value - baseline) / 1e6);
    return {
      ...load.value,
      secondsPer100MB: load.value.ms / 1000 / (bytes / 100e6),
      peakShare: (load.peak - baseline) / bytes,
      megabytesAboveBaseline: {
        load: above(load.peak),
        afterLoad: above(held),
        view: above(view.peak),
        writing: above(writing.peak),
      },
      view: view.value,
      writing: writing.value,
    };
  };
  return inPage('bench/measure/gpt2.ts', work, {scripts: ['src/engine/engine.worker.ts']});
}

const figuresOf = (backend) => ({
  [`gpt2.${backend}.load.secondsPer100MB`]: {unit: 's'},
  [`gpt2.${backend}.load.peakShare`]: {target: atMost(1.3, {text: '≤ 1.3 × the file'})},
  [`gpt2.${backend}.firstView.ms`]: {unit: 'ms'},
  [`gpt2.${backend}.write.msPerToken`]: {unit: 'ms'},
});

/** @type {import('../group.mjs').Group} */
export const gpt2 = {
  name: 'gpt2',
  about: 'GPT-2 small’s shapes: read, looked at, written with',
  slow: true,
  figures: Object.assign({}, ...BACKENDS.map(figuresOf)),
  async run({inPage, options}) {
    const folder = mkdtempSync(join(tmpdir(), 'gpt-elements-gpt2-'));
    const asked = options.backends?.split(',') ?? BACKENDS;
    const details = {};
    const figures = {};
    try {
      const bytes = await writeGpt2(folder);
      for (const backend of BACKENDS) {
        const answers = asked.includes(backend) ? await measure(inPage, backend, folder, bytes) : undefined;
        details[backend] = answers;
        const absent = notRun('not asked for: --backends');
        figures[`gpt2.${backend}.load.secondsPer100MB`] = answers?.secondsPer100MB ?? absent;
        figures[`gpt2.${backend}.load.peakShare`] = answers?.peakShare ?? absent;
        figures[`gpt2.${backend}.firstView.ms`] = answers?.view.ms ?? absent;
        figures[`gpt2.${backend}.write.msPerToken`] = answers?.writing.msPerToken ?? absent;
      }
    } finally {
      rmSync(folder, {recursive: true, force: true});
    }
    return {figures, details};
  },
};
