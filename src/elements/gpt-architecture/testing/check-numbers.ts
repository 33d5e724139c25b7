import {expect} from '@open-wc/testing';
import {uniformAt} from '../../../math/rng.js';
import type {ArchitectureData} from '../data/architecture-data.js';
import type {NarrowLayout} from '../layout/narrow.js';
import type {WideLayout} from '../layout/wide.js';
import {drawnMap} from './drawn-map.js';
import {numbersOfNarrow, numbersOfWide} from './written-numbers.js';

/**
 * Draws a pass as a wide, a narrow and a narrow compact map, and checks that numbers at random places are those of another.
 * @param count how many numbers, of all maps in turn
 * @param seed of the places
 */
export function checkNumbers(
  data: ArchitectureData,
  expected: ArchitectureData,
  {chosen, count, seed}: {chosen: number; count: number; seed: number},
): void {
  const [wide, narrow, compact] = [
    drawnMap(data, 1200, chosen),
    drawnMap(data, 360, chosen),
    drawnMap(data, 360, chosen, true),
  ];
  const walks = [
    {surface: wide.surface, numbers: numbersOfWide(expected, wide.layout as WideLayout, chosen)},
    {surface: narrow.surface, numbers: numbersOfNarrow(expected, narrow.layout as NarrowLayout, chosen)},
    {surface: compact.surface, numbers: numbersOfNarrow(expected, compact.layout as NarrowLayout, chosen)},
  ];
  for (let i = 0; i < count; i++) {
    const {surface, numbers} = walks[i % walks.length]!;
    const number = numbers[Math.floor(uniformAt(seed, i) * numbers.length)]!;
    expect(surface.at(number), number.what).to.include(number.text);
  }
}
