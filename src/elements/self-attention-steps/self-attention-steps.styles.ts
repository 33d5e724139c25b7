import {css} from 'lit';

/** What differs from the layer elements' styles. */
export const styles = css`
  .chips {
    margin-inline-end: auto;
  }
  .explain {
    min-height: 3em;
  }
  .tables {
    min-height: 17em;
  }
  .waiting {
    min-height: 6em;
  }
`;
