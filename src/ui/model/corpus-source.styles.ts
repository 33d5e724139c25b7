import {css} from 'lit';

/** The form of `CorpusSource`, and the frame that says where a file may be dropped. */
export const corpusSourceStyles = css`
  .sources {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5em 1.5em;
    margin: 1em 0 0;
    padding: 0;
    border: 0;
  }
  .source {
    margin-top: 0.75em;
  }
  .source .hint {
    margin: 0.5em 0 0;
  }
  .stacked {
    display: flex;
    flex-direction: column;
    gap: 0.25em;
    align-items: stretch;
    max-width: 40em;
  }
  .stacked input[type='file'] {
    border-style: dashed;
  }
  .hint {
    color: var(--_muted);
    font-size: 0.875em;
    text-wrap: pretty;
  }
  .pasted {
    overflow: hidden;
    max-height: 6lh;
    margin: 0;
    padding-inline-start: 0.75em;
    border-inline-start: 1px solid var(--_hairline);
    color: var(--_muted);
    overflow-wrap: anywhere;
    white-space: pre-wrap;
  }
  .apply {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5em 1em;
    align-items: center;
    margin-top: 1.25em;
  }
  .drop {
    position: absolute;
    inset: -0.75em;
    display: grid;
    place-items: center;
    border: 2px dashed var(--_accent);
    border-radius: 6px;
    background: color-mix(in oklab, var(--_background) 88%, transparent);
    font-size: 1.25em;
    pointer-events: none;
  }
`;
