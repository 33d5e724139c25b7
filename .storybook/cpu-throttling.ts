/** Slows the page of the story tests down by CPU_THROTTLING. */
import {cdp} from 'vitest/browser';

await cdp().send('Emulation.setCPUThrottlingRate', {rate: Number(import.meta.env.CPU_THROTTLING)});
