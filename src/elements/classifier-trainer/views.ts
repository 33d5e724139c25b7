/** What the element shows and asks once its messages are there: loaded with them. */
export {attribute} from './attribution.js';
export {drawCurves} from './curves.js';
export {readHead, readNext} from './head.js';
export {renderHead} from './head-view.js';
export {renderKinds} from './kinds-view.js';
export {PAIR, renderPair} from './pair-view.js';
export {renderReport} from './report-view.js';
export {renderReading} from './weighed-tokens.js';
