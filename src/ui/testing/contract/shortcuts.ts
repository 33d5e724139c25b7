import type {Check} from './check.js';

const MODIFIERS = ['altKey', 'metaKey'] as const;

/** Alt+← and Cmd+← lead to the previous page: an element that moves by arrow keys must not swallow them. */
export const leavesShortcuts: Check = {
  title: 'leaves Alt and Cmd with an arrow key to the browser',
  async run(stage) {
    const {element, harness} = await stage.mount();
    for (const target of [element, ...harness.all('[tabindex], button, input')])
      for (const modifier of MODIFIERS)
        for (const key of ['ArrowLeft', 'ArrowRight']) {
          const init = {key, [modifier]: true, bubbles: true, cancelable: true, composed: true};
          const event = new KeyboardEvent('keydown', init);
          target.dispatchEvent(event);
          if (event.defaultPrevented)
            throw new Error(`${target.outerHTML.slice(0, 80)} swallows ${modifier} with ${key}.`);
        }
  },
};
