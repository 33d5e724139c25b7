import {executeServerCommand} from '@web/test-runner-commands';

export interface Emulation {
  media?: 'print' | 'screen';
  forcedColors?: boolean;
  dark?: boolean;
}

/** Makes the browser behave as on another device, until it is called again. */
export const emulate = ({
  media = 'screen',
  forcedColors = false,
  dark = false,
}: Emulation = {}): Promise<unknown> =>
  executeServerCommand('emulate-device', {
    media,
    features: [
      {name: 'forced-colors', value: forcedColors ? 'active' : 'none'},
      {name: 'prefers-color-scheme', value: dark ? 'dark' : 'light'},
    ],
  });
