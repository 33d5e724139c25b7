import {css} from 'lit';

export const styles = css`
  .map {
    position: relative;
    direction: ltr;
    margin-top: 0.5em;
  }
  canvas,
  .tree {
    position: absolute;
    inset: 0;
    width: 100%;
    height: 100%;
  }
  canvas {
    pointer-events: none;
  }
  [role='treeitem'] {
    position: absolute;
    cursor: pointer;
    border-radius: 3px;
  }
  [role='treeitem'][aria-selected='true'] {
    outline: 1.5px solid var(--_focus);
  }
  [role='treeitem']:focus-visible {
    outline: 2.5px solid var(--_focus);
  }
  @media (hover: hover) {
    [role='treeitem']:hover {
      outline: 1px dashed var(--_muted);
    }
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5em 1em;
    align-items: center;
    min-height: 2.75em;
    margin-top: 0.25em;
    font-size: 0.875em;
  }
  .readout {
    min-height: 3em;
  }
`;
