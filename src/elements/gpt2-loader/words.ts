/** What the loader says of the models and of the last attempt. */
import type {KeptDownload} from '../../state/downloads.js';
import type {ModelFacts, ModelSpec} from '../../state/index.js';
import {bytes, count, number} from '../../ui/base/format.js';

/** The repository or address that a model came from; undefined if it came from elsewhere. */
export function repositoryOf(spec: ModelSpec | undefined): string | undefined {
  const checkpoint = spec?.checkpoint;
  if (checkpoint?.kind === 'hub') return checkpoint.repo;
  return checkpoint?.kind === 'url' ? checkpoint.url : undefined;
}

/** Whether a repository is named by the address of its files. */
export const isAddress = (repository: string): boolean => /^https?:\/\//.test(repository);

/** Returns `owner/name` of what a reader typed, or pasted from a hub's address bar; an address elsewhere stays one. */
export function repositoryIn(typed: string, hubs: readonly string[]): string {
  const text = typed.trim();
  const hub = hubs.find((base) => text.startsWith(`${base.replace(/\/+$/, '')}/`));
  if (isAddress(text) && hub === undefined) return text;
  return text.replace(/^https?:\/\/[^/]+\//, '').replace(/\/(tree|blob|resolve)\/.*|\/$/, '');
}

/** What the page shows now. @param isStill Whether another model was to take its place, and did not */
export function presentInWords(
  spec: ModelSpec | undefined,
  facts: ModelFacts | undefined,
  notes: readonly string[],
  isStill: boolean,
): string {
  if (!facts) return '';
  const repo = repositoryOf(spec);
  const parameters = `${count(facts.parameters)} parameters`;
  if (!repo) return `The page ${isStill ? 'still ' : ''}shows its own model, with ${parameters}.`;
  const {nLayers, nHeads} = facts.config;
  return [
    `${repo} is ${isStill ? 'still ' : ''}loaded: ${parameters}, ${nLayers * nHeads} attention heads. Every element of this model shows it.`,
    facts.rounding &&
      `Its weights take ${bytes(facts.bytes.weights)}, in 16 bits per number: rounding moved them by ${number(100 * facts.rounding.relative, 2)} % (root mean square), none by more than ${number(facts.rounding.largest, 2)}.`,
    ...notes,
    facts.corpusProblem,
  ]
    .filter(Boolean)
    .join(' ');
}

/** What is left of a download that the reader canceled. */
export function canceledInWords(repo: string, kept: KeptDownload | undefined): string {
  if (!kept?.kept) return `Loading ${repo} was canceled. Nothing of it is kept.`;
  if (kept.complete) return `Loading ${repo} was canceled. Its download is kept: ${bytes(kept.total)}.`;
  return `Loading ${repo} was canceled. ${bytes(kept.kept)} of ${bytes(kept.total)} are kept: the download can go on from there.`;
}
