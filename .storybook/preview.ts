import type {Preview} from '@storybook/web-components-vite';
import {setCustomElementsManifest} from '@storybook/web-components-vite';
import {configure} from 'storybook/test';
import manifest from '../custom-elements.json';
import './preview.css';

setCustomElementsManifest(manifest);
configure({asyncUtilTimeout: 120_000}); // a story waits for a state, however slow the machine is

export default {
  tags: ['autodocs'],
  parameters: {
    a11y: {test: 'error'}, // a violation fails the story's test
    backgrounds: {disable: true}, // the scheme below decides
    controls: {sort: 'alpha'},
  },
  globalTypes: {
    scheme: {
      description: 'Color scheme',
      toolbar: {
        title: 'Scheme',
        icon: 'contrast',
        dynamicTitle: true,
        items: [
          {value: 'light dark', title: 'System', icon: 'browser'},
          {value: 'light', title: 'Light', icon: 'sun'},
          {value: 'dark', title: 'Dark', icon: 'moon'},
        ],
      },
    },
  },
  initialGlobals: {scheme: 'light dark'},
  decorators: [
    (story, {globals}) => {
      document.documentElement.style.colorScheme = globals.scheme;
      return story();
    },
  ],
} satisfies Preview;
