import {css} from 'lit';

export const styles = css`
  .tables {
    min-height: 15em;
  }
  .leak {
    margin-top: 1.5em;
  }
  .curves {
    display: block;
    width: 100%;
    height: 220px;
  }
  .samples {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(15em, 1fr));
    gap: 1em 2em;
    margin-top: 0.5em;
  }
  .samples figure {
    margin: 0;
    font-size: 0.875em;
  }
  .sample {
    margin: 0.25em 0 0;
    min-height: 6em;
    font-family: var(--_mono);
    overflow-wrap: anywhere;
    white-space: pre-wrap;
  }
`;
