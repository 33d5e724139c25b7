/** What the element shows and asks once its messages are there: loaded with them. */
export {attribute} from './attribution.js';
export {pairProps, renderBody} from './body-view.js';
export {readHead, readNext} from './head.js';
export {PAIR} from './pair-view.js';
export {paintCharts} from './progress-view.js';
