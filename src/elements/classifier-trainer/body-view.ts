/** Everything between the element's question and its footer, once the messages are there. */
import {html, nothing, type TemplateResult} from 'lit';
import {renderProblem} from '../../ui/base/waiting.js';
import type {BodyProps} from './body-props.js';
import {renderControls} from './controls-view.js';
import {renderHead} from './head-view.js';
import {renderKinds} from './kinds-view.js';
import {PAIR, type PairProps, renderPair} from './pair-view.js';
import {renderCharts, renderProgress} from './progress-view.js';
import {renderReport} from './report-view.js';
import {renderTry} from './try-view.js';

/** What the pair shows: of the reader's classifier, else of the recorded run. */
export const pairProps = ({
  messages: {classes, bag},
  model,
  readings,
  recorded,
  isUntrained,
  theme,
}: BodyProps): PairProps => ({
  classes,
  bag,
  gpt: model ? (isUntrained ? undefined : readings.pair) : recorded?.pair,
  theme,
});

export function renderBody(props: BodyProps): TemplateResult {
  const {messages, probs, problem, hasOwnData, withoutControls} = props;
  return html`${hasOwnData ? nothing : renderPair(pairProps(props))} ${withoutControls ? nothing : renderControls(props)}
    ${problem ? renderProblem(problem) : nothing} ${renderProgress(props)} ${renderCharts(props)}
    ${renderReadHead(props)} ${renderKinds(messages, probs)} ${renderScore(props)} ${renderMessage(props)}`;
}

function renderReadHead({
  model,
  readings,
  recorded,
  messages: {classes},
  isUntrained,
  theme,
}: BodyProps): TemplateResult | typeof nothing {
  const {head, next} = model ? readings : (recorded ?? {});
  return head ? renderHead({reading: head, next, classes, isUntrained, theme}) : nothing;
}

function renderScore(props: BodyProps): TemplateResult | typeof nothing {
  const {messages, probs, report, model, isFinished, change, on} = props;
  if (probs) return renderReport({messages, probs, ...report, change});
  const hasLoadedHead = model?.status === 'idle' && model.facts?.classification?.hasLoadedHead;
  if (!isFinished && !hasLoadedHead) return nothing;
  return html`<p>
    <button class="primary" @click=${on.score}>Score the test set</button> Once, at the end: if you tune on it, it no
    longer tells how the model does on new messages.
  </p>`;
}

function renderMessage(props: BodyProps): TemplateResult {
  const {model, readings, recorded, text, messages, isUntrained, theme, change} = props;
  const recordedReading = recorded?.pair[PAIR.findIndex((message) => message.text === text)];
  return renderTry({
    text,
    problem: readings.problem,
    reading: model ? readings.attribution : recordedReading,
    classes: messages.classes,
    isUntrained,
    theme,
    change,
  });
}
