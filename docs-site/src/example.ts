/** The landing page's example. Not in the page itself: there Vite would take its script for one of the site's own. */
export const THREE_LINES = `<script type="module">import 'gpt-elements/autoloader.js';</script>
<gpt-model id="tales"><gpt-trainer compact></gpt-trainer></gpt-model>
<attention-matrix for="tales" text="One day, "></attention-matrix>`;
