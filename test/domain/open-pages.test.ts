import { expect, test } from '@jest/globals';
import { assert, integer, property } from 'fast-check';
import { CELLS_EACH, openPages } from '../../domain/open-pages.js';

test('a page that waits for its last cells idles few of those in flight, which are never fewer than the pages', () => {
  assert(
    property(integer({ min: 1, max: 1_000 }), (concurrency) => {
      const pages = openPages(concurrency, CELLS_EACH);
      expect(pages).toBeLessThanOrEqual(concurrency);
      expect(concurrency / pages).toBeLessThanOrEqual(Math.max(CELLS_EACH, concurrency / 16));
    }),
  );
});

test.each([
  [1, 1],
  [2, 2],
  [24, 2],
  [25, 3],
  [50, 5],
  [1_000, 16],
])('%i cells in flight: %i pages', (concurrency, pages) => {
  expect(openPages(concurrency, CELLS_EACH)).toBe(pages);
});

test('sweeps whose pages hold all in flight have two', () => {
  expect(openPages(50, 50)).toBe(2);
});
