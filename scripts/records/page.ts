/** Puts recorded first states into a built page. */
import {createHash} from 'node:crypto';
import {gzipSync} from 'node:zlib';
import {type ModelRecord, writeRecord} from '../../src/state/record.js';
import {type Figure, figuresIn} from './figures.js';
import type {Recorded, Recorder} from './recorder.js';

/** Widths in CSS pixels for which a figure's picture is drawn: a phone's, and a wide page's. */
const WIDTHS = [350, 1100];

/** The elements that have a first state worth recording. */
export const RECORDED_TAGS = [
  'activation-plot',
  'attention-dropout',
  'attention-matrix',
  'batch-inspector',
  'bpe-tokenizer',
  'bpe-trainer',
  'causal-mask',
  'classifier-trainer',
  'corpus-picker',
  'data-splitter',
  'embedding-map',
  'feed-forward',
  'gpt-architecture',
  'gpt-config',
  'gpt-trainer',
  'gpt2-loader',
  'layer-norm',
  'logit-lens',
  'loss-chart',
  'multi-head-attention',
  'padding-view',
  'position-embedding',
  'qkv-attention',
  'run-compare',
  'self-attention-steps',
  'shortcut-gradients',
  'sliding-window',
  'special-tokens',
  'text-generator',
  'token-embedding',
  'tokenizer-compare',
  'transformer-block-viz',
  'vocabulary-table',
  'weight-inspector',
  'weights-io',
  'why-attention',
] as const;

/**
 * `<gpt-picture of="attention-matrix" text="…">` becomes the picture of that element: a thumbnail. With `pretrained="…"`
 * or `seed="…"` it is of that model, whichever the page's own is.
 */
const PICTURE = 'gpt-picture';

/** Files to write, by name. */
export type Files = Map<string, string>;

/** Writes a record, unless there is one with the same content. @returns its name */
function fileOf(files: Files, record: ModelRecord): string {
  const json = writeRecord(record);
  const name = `${createHash('sha256').update(json).digest('hex').slice(0, 12)}.json`;
  files.set(name, json);
  return name;
}

/** One file per answer: figures share what they ask alike, and the browser fetches it once. */
function filesOf(files: Files, {model, answers}: Recorded): string[] {
  const {spec, run} = answers;
  const all = Object.entries(answers.answers);
  if (!model.facts || (all.length === 0 && !run)) return [];
  const records = [model, ...all.map(([key, answer]): ModelRecord => ({spec, answers: {[key]: answer}}))];
  if (run) records.push({spec, answers: {}, run});
  return records.map((record) => fileOf(files, record));
}

let pictures = 0;

/** Makes an SVG part of a page: its ids are the page's, and its title is read but does not pop up. */
function inPage(svg: string, attributes: string): string {
  const prefix = `r${pictures++}-`;
  return svg
    .replace(/<title>(.*?)<\/title>/, '')
    .replace(/ xmlns="[^"]*"/, '')
    .replaceAll(/ id="/g, ` id="${prefix}`)
    .replaceAll('url(#', `url(#${prefix}`)
    .replace('<svg', `<svg ${attributes}`);
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

/** Bytes, compressed, for all pictures of a page's figures; those further down are left out. */
const ROOM = 30_000;
/** Characters: a larger picture is left out. A chapter has several, and stays light. */
const MOST = 180_000;

function picturesOf({pictures: drawn, label}: Recorded): string {
  const [narrow, wide = narrow] = drawn;
  const aria = `aria-label="${escaped(label)}"`;
  if (!narrow || !wide || wide.svg.length > MOST) return '';
  if (narrow.svg === wide.svg) return inPage(wide.svg, aria);
  return inPage(narrow.svg, `class="narrow" ${aria}`) + inPage(wide.svg, `class="wide" ${aria}`);
}

/** What a model wrote in the end, where a figure shows a run and has no picture. */
function sampleOf({answers: {run}}: Recorded): string {
  const sample = run?.samples.at(-1);
  if (!sample) return '';
  return `<p>After ${sample.step} steps it writes:</p><blockquote>${escaped(sample.prompt + sample.text)}</blockquote>`;
}

/** Whether a figure is folded away at first, or hidden. */
const isUnseen = (html: string, {start, attributes}: Figure): boolean =>
  'hidden' in attributes ||
  html.lastIndexOf('<details class="depth', start) > html.lastIndexOf('</details>', start);

export interface Written {
  html: string;
  figures: {tag: string; bytes: number; ms: number}[];
}

/**
 * Returns a page with the records of its figures: each gets the addresses of its answers, and a picture to show before.
 * @param folder The address of the folder of the records, from the page
 */
export async function recordPage(
  html: string,
  recorder: Recorder,
  files: Files,
  folder: string,
): Promise<Written> {
  /** What is inserted where. */
  const edits: {at: number; text: string}[] = [];
  const figures: Written['figures'] = [];
  let room = ROOM;
  for (const figure of figuresIn(html, [...RECORDED_TAGS, PICTURE])) {
    const started = performance.now();
    const isPicture = figure.name === PICTURE;
    const {of = '', pretrained, seed, ...own} = figure.attributes;
    const model = pretrained ? {pretrained} : isPicture && seed ? {seed} : figure.model;
    const asked: Figure = isPicture ? {...figure, name: of, attributes: own, model} : figure;
    const recorded = await recorder.record(asked, isPicture ? WIDTHS.slice(0, 1) : WIDTHS);
    let drawn = picturesOf(recorded);
    if (!isPicture) {
      const weight = gzipSync(drawn).length;
      if (weight > room || isUnseen(html, figure)) drawn = '';
      else room -= weight;
    }
    const addresses = isPicture ? [] : filesOf(files, recorded).map((name) => folder + name);
    if (addresses.length) edits.push({at: figure.end - 1, text: ` recorded="${addresses.join(' ')}"`});
    // Last in the figure: after a sentence that the page gives it.
    const end = html.indexOf(`</${figure.name}>`, figure.end);
    const isMute = 'without-lead' in own || 'bar' in own || 'hidden' in own;
    const hasLead = isMute || html.slice(figure.end, end).includes('slot="lead"');
    const lead = hasLead ? '' : `<p>${escaped(recorded.label)}</p>`;
    const shown = drawn || sampleOf(recorded);
    const note = shown && `<p class="recorded-note">${NOTE}</p>`;
    if (isPicture) edits.push({at: end, text: drawn});
    // Also if nothing is recorded: until the element has all that it shows, it shows no part of it.
    else if (!('bar' in own))
      edits.push({at: end, text: `<div slot="recorded" class="recorded">${lead}${shown}${note}</div>`});
    figures.push({tag: figure.name, bytes: drawn.length, ms: performance.now() - started});
  }
  let written = '';
  let from = 0;
  for (const {at, text} of edits.sort((a, b) => a.at - b.at)) {
    written += html.slice(from, at) + text;
    from = at;
  }
  return {html: written + html.slice(from), figures};
}

const NOTE = 'Recorded when this site was built.';
