import {css} from 'lit';

export const styles = css`
  .controls output {
    display: inline-block;
    min-width: 4ch;
  }
  .sums {
    color: var(--_muted);
  }
`;
