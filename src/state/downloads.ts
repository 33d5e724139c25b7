/** Models that the browser keeps for this page. Read on this side: no engine starts for it. */
export {freeDownload, HUB, type KeptDownload, keptDownloads} from '../checkpoint/downloads/store.js';
