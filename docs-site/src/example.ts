import {VERSION} from '../../src/ui/export/version.js';

/** Where a page without a build step loads the elements from. */
export const CDN = `https://cdn.jsdelivr.net/npm/gpt-elements@${VERSION}/dist/cdn/`;

/** The landing page's example. Not in the page itself: there Vite would take its script for one of the site's own. */
export const THREE_LINES = `<script type="module" src="${CDN}autoloader.js"></script>
<gpt-model id="tales"><gpt-trainer compact></gpt-trainer></gpt-model>
<attention-matrix for="tales" text="One day, "></attention-matrix>`;
