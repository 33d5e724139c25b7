/** The reader's own message, and what the classifier makes of it. */
import {html, nothing, type TemplateResult} from 'lit';
import {renderProblem} from '../../ui/base/waiting.js';
import type {Theme} from '../../viz/theme.js';
import type {Attribution} from './attribution.js';
import {renderReading} from './weighed-tokens.js';

export interface TryProps {
  text: string;
  /** What is wrong with the message. */
  problem: string;
  reading: Attribution | undefined;
  classes: readonly string[];
  isUntrained: boolean;
  theme: Theme;
  change(changes: {text: string}): void;
}

export function renderTry(props: TryProps): TemplateResult {
  return html`<div class="controls try">
      <label for="message">Your message</label>
      <input
        id="message"
        .value=${props.text}
        @input=${(event: Event) => props.change({text: (event.target as HTMLInputElement).value})}
      />
    </div>
    ${renderAnswer(props)}`;
}

function renderAnswer({text, problem, reading, classes, isUntrained, theme}: TryProps): TemplateResult {
  if (!text.trim()) return html`<p>Write a message to see what the classifier makes of it.</p>`;
  if (problem) return renderProblem(problem);
  if (!reading) return html`<p>Train it, then see what it makes of this message.</p>`;
  return html`${
    isUntrained
      ? html`<p><strong>The new head is not trained yet:</strong> what it says is chance.</p>`
      : nothing
  }${renderReading(reading, classes, theme)}`;
}
