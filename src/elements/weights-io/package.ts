import {html, nothing, type TemplateResult} from 'lit';
import type {FileFormat, GPTConfig, ModelFacts} from '../../state/index.js';
import {renderStrip} from './file-strip.js';
import type {MapTensor} from './tensor-map.js';

/** What a download is made of, and what it is made for. */
export interface Contents {
  format: FileFormat;
  config: GPTConfig;
  tokenizer: ModelFacts['tokenizer']['kind'];
  /** Of its numbers, a share of those of the largest download. */
  share: number;
  /** Whether AdamW's moments are among them. */
  withMoments: boolean;
}

/** What lies beside the numbers: parts of the one file, or files of the folder. What only this download has comes first. */
function besides({format, tokenizer}: Contents): {own: string[]; shared: string[]} {
  if (format === 'checkpoint') return {own: ['settings', 'curve', 'text'], shared: ['tokenizer']};
  const isBytePairs = tokenizer !== 'char' && tokenizer !== 'word';
  const shared = [
    ...['config.json', 'generation_config.json', 'tokenizer.json', 'tokenizer_config.json'],
    ...(isBytePairs ? ['vocab.json', 'merges.txt'] : []),
  ];
  return {own: format === 'script' ? ['generate.py'] : [], shared};
}

/** One frame is one file: a checkpoint is a file with parts, the others are folders of files. */
export function renderPackage(contents: Contents, pointed: MapTensor | undefined): TemplateResult {
  const {format, config, share, withMoments} = contents;
  const {own, shared} = besides(contents);
  return html`<div class="package ${format === 'checkpoint' ? 'one' : ''}">
    <div class="numbers">
      ${format === 'checkpoint' ? nothing : html`<span class="mono">model.safetensors</span>`}
      ${renderStrip(config, share, withMoments, pointed)}
    </div>
    ${own.map((name) => html`<b class="mono">${name}</b>`)}${shared.map((name) => html`<span class="mono">${name}</span>`)}
  </div>`;
}
