import {css} from 'lit';

/** The look of a {@link TableView}. */
export const tableStyles = css`
  .table-frame {
    position: relative;
    overflow: auto;
    max-width: 100%;
    line-height: 1;
    direction: ltr; /* numbers and their labels keep their places on a right-to-left page */
  }
  .table-pane {
    position: sticky;
    inset-block-start: 0;
    inset-inline-start: 0;
    overflow: hidden;
    font: 12px var(--_mono);
  }
  .table-pane canvas {
    position: absolute;
    cursor: crosshair;
    touch-action: pan-x pan-y;
  }
  .table-head {
    display: flex;
    align-items: center;
    color: var(--_muted);
    font-size: 11px;
    white-space: nowrap;
  }
  .table-head span {
    flex: none;
  }
  .table-rows {
    position: absolute;
    inset-inline-start: 0;
    inset-block-end: 0;
    overflow: clip;
    overflow-clip-margin: 4px; /* the first label may be higher than its row */
  }
  .table-row {
    position: absolute;
    inset-inline: 0;
    display: flex;
    align-items: center;
    cursor: pointer;
    white-space: pre;
  }
  .table-row span {
    flex: none;
    overflow: hidden;
    padding-inline-end: 4px;
  }
  .table-row.highlighted {
    background: var(--_hover);
    font-weight: 700;
  }
`;
