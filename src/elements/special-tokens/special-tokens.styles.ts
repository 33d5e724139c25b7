import {css} from 'lit';

export const styles = css`
  p {
    margin: 0;
  }
  section + section {
    margin-top: 1em;
    padding-top: 1em;
    border-top: 1px solid var(--_hairline);
  }
  h3,
  h4 {
    margin: 0 0 0.5em;
    font-size: 1em;
  }
  h4 {
    margin-block: 1em 0.375em;
    color: var(--_muted);
    font-size: 0.875em;
    font-weight: 400;
  }
  .fields {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(18em, 100%), 1fr));
    gap: 0.75em 1.5em;
  }
  .field {
    display: flex;
    flex-direction: column;
    gap: 0.25em;
    align-items: stretch;
  }
  .field span,
  legend {
    color: var(--_muted);
    font-size: 0.875em;
  }
  .field input {
    font-family: var(--_mono);
    font-size: 0.9375em;
  }
  fieldset {
    margin-inline: 0;
    padding: 0;
    border: 0;
  }
  legend {
    float: inline-start;
    padding: 0;
    font-size: 1em;
  }
  .tokens {
    min-height: 3em;
    margin-top: 0.5em;
  }
  .loading,
  .back {
    color: var(--_muted);
  }
  .back {
    min-height: 1.5em;
    font-size: 0.9375em;
    overflow-wrap: anywhere;
  }
  .back q {
    color: var(--_text);
  }
  .readout {
    min-height: 4.5em;
    text-wrap: pretty;
  }
`;
