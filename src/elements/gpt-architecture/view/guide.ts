/** All that is needed while a stage is on show; loaded with the first one. */

export {spotsOf} from '../layout/spots.js';
export {factOf} from '../stages/fact.js';
export {stagesOf} from '../stages/stages.js';
export {Playback} from './playback.js';
export {renderStage} from './walkthrough.js';
