/** The test messages in groups, with what both classifiers make of each group and of a few examples. */
import {html, type TemplateResult} from 'lit';
import {argMax} from '../../math/largest.js';
import {decimals} from '../../ui/base/format.js';
import {accuracy, type Messages} from './messages.js';

/** Characters of an example. */
const MOST_CHARACTERS = 160;

/** @param probs the classifier's probabilities on the test set, [texts][K], once it was scored */
export function renderKinds(
  {test, bagProbs, classes, groups}: Messages,
  probs: readonly (readonly number[])[] | undefined,
): TemplateResult {
  const share = (rows: readonly (readonly number[])[] | undefined, members?: readonly number[]) =>
    html`<td class="number">${rows ? tenths(accuracy(test, rows, members)) : '?'}</td>`;
  const verdict = (row: readonly number[] | undefined, label: number) => {
    if (!row) return html`<td>?</td>`;
    const called = argMax(row);
    return html`<td class="verdict ${called === label ? '' : 'wrong'}">
      ${classes[called]}${called === label ? '' : ' (wrong)'}
    </td>`;
  };
  const example = (index: number) => {
    const {text, label} = test[index]!;
    return html`<tr>
      <td class="message" dir="auto">${shortened(text, MOST_CHARACTERS)}</td>
      <td>${classes[label]}</td>
      ${verdict(bagProbs?.[index], label)} ${verdict(probs?.[index], label)}
    </tr>`;
  };
  return html`<div class="frame" tabindex="0" role="region" aria-label="Test messages by kind">
    <table class="kinds" part="kinds">
      <thead>
        <tr>
          <th scope="col">Test messages</th>
          <th scope="col">is</th>
          <th scope="col">bag of words</th>
          <th scope="col">GPT</th>
        </tr>
      </thead>
      ${groups.map(
        ({label, members, examples}) => html`<tbody>
          <tr class="total">
            <th scope="rowgroup">${label}</th>
            <td></td>
            ${share(bagProbs, members)} ${share(probs, members)}
          </tr>
          ${examples.map(example)}
        </tbody>`,
      )}
      <tfoot>
        <tr class="total">
          <th scope="row">All ${test.length}</th>
          <td></td>
          ${share(bagProbs)} ${share(probs)}
        </tr>
      </tfoot>
    </table>
  </div>`;
}

/** Returns the beginning of a text where it is too long. */
export const shortened = (text: string, most: number): string =>
  text.length > most ? `${text.slice(0, most - 1)}…` : text;

/** 0.9975 → “99.8 %”: one error of 400 must not read as none. */
const tenths = (share: number): string =>
  share === 1 ? '100 %' : `${decimals(Math.min(100 * share, 99.9), 1)} %`;
