import {html, type TemplateResult} from 'lit';
import {checkLongEnough, largestContext, splitTokens, windowCount} from '../../data/windows.js';
import type {Tokenizer} from '../../tokenizers/tokenizer.js';
import {whole} from '../../ui/base/whole.js';

/** A text split into training set and validation set. */
export interface Split {
  trainTokens: number;
  validationTokens: number;
  trainWindows: number;
  validationWindows: number;
  /** The text of the last tokens of the training set and of the first of the validation set; line ends made visible. */
  before: string;
  after: string;
  /** Why a part is too short, as a sentence for the reader. */
  problem?: string;
  /** Where there is a problem: a context length that this text is long enough for. */
  smallerContext?: number;
}

/** Tokens shown on either side of the split. */
const AROUND = 48;

/** Returns the split that training uses, made by the same functions. */
export function splitOf(
  tokens: Int32Array,
  tokenizer: Tokenizer,
  share: number,
  contextLength: number,
  stride: number,
): Split {
  const {train, validation} = splitTokens(tokens, share);
  return {
    trainTokens: train.length,
    validationTokens: validation.length,
    trainWindows: windowCount(train.length, contextLength, stride),
    validationWindows: windowCount(validation.length, contextLength, stride),
    before: tokenizer.decode(train.subarray(-AROUND)).replaceAll('\n', '↵'),
    after: tokenizer.decode(validation.subarray(0, AROUND)).replaceAll('\n', '↵'),
    ...problemOf(tokens.length, contextLength, share),
  };
}

function problemOf(
  length: number,
  contextLength: number,
  share: number,
): Pick<Split, 'problem' | 'smallerContext'> {
  try {
    checkLongEnough(length, contextLength, share);
    return {};
  } catch (error) {
    return {problem: (error as Error).message, smallerContext: largestContext(length, share)};
  }
}

export interface SplitView {
  share: number;
  split?: Split;
  contextLength: number;
  change(share: number): void;
}

export const percent = (share: number): string => `${Math.round(100 * share)} %`;
/** The text as a bar in two parts; the slider below moves the split. */
export function renderSplit({share, split, contextLength, change}: SplitView): TemplateResult {
  const shown = `${percent(share)} training set, ${percent(1 - share)} validation set`;
  return html`<div class="split" part="split">
    <div class="bar" aria-hidden="true" .style="--share: ${(100 * share).toFixed(2)}%">
      <span class="train"></span><span class="validation"></span>
    </div>
    <label class="cut">
      <span class="visually-hidden">Share of the training set</span>
      <input
        type="range"
        id="share"
        min="0.5"
        max="0.95"
        step="0.01"
        aria-valuetext=${shown}
        .value=${`${share}`}
        @input=${(event: Event) => change((event.target as HTMLInputElement).valueAsNumber)}
      />
    </label>
    <div class="parts">
      <p>
        <b class="train-name">Training set</b> ${percent(share)}<br /><span class="number"
          >${whole(split?.trainTokens)}</span
        >
        tokens, <span class="number">${whole(split?.trainWindows)}</span> windows of ${contextLength}
      </p>
      <p>
        <b class="validation-name">Validation set</b> ${percent(1 - share)}<br /><span class="number"
          >${whole(split?.validationTokens)}</span
        >
        tokens, <span class="number">${whole(split?.validationWindows)}</span> windows
      </p>
    </div>
    <p class="around" aria-label="The text on both sides of the split">
      <span class="kept"><bdi>${split?.before ?? ''}</bdi></span
      ><span class="edge" role="img" aria-label="the text is split here"></span
      ><span class="held">${split?.after ?? ''}</span>
    </p>
  </div>`;
}
