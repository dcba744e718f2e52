import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { diffLines } from '../../../report/client/diff.js';
import { cpuTimeOf } from '../../support/cpu-time.js';

/** Few different lines, so that texts have much in common. */
const texts = fc.array(fc.constantFrom('a', 'b', 'c', ''), { minLength: 1, maxLength: 14 });

/** Length of the longest common subsequence, by the table that every textbook has. */
function common(a: readonly string[], b: readonly string[]): number {
  let row = b.map(() => 0);
  for (const left of a) {
    let [diagonal, before] = [0, 0];
    row = row.map((above, at) => {
      const value = left === b[at] ? diagonal + 1 : Math.max(above, before);
      [diagonal, before] = [above, value];
      return value;
    });
  }
  return row.at(-1) ?? 0;
}

test('the lines of both texts come out whole and in order, and as many as can be are kept', () => {
  fc.assert(
    fc.property(texts, texts, (a, b) => {
      const lines = diffLines(a.join('\n'), b.join('\n'));
      const of = (kind: 'removed' | 'added') => lines.filter((line) => line.kind !== kind).map(({ text }) => text);
      expect(of('added')).toEqual(a);
      expect(of('removed')).toEqual(b);
      expect(lines.filter(({ kind }) => kind === 'same').length).toBe(common(a, b));
    }),
  );
});

test('lines have the numbers of both texts', () => {
  expect(diffLines('a\nb\nc', 'a\nx\nc')).toEqual([
    { kind: 'same', text: 'a', before: 1, after: 1 },
    { kind: 'removed', text: 'b', before: 2, after: null },
    { kind: 'added', text: 'x', before: null, after: 2 },
    { kind: 'same', text: 'c', before: 3, after: 3 },
  ]);
});

test('texts that have nothing in common take no time that is felt', () => {
  const lines = (sign: string): string => Array.from({ length: 20_000 }, (_, at) => `${sign}${at}`).join('\n');
  const took = cpuTimeOf(() => expect(diffLines(lines('a'), lines('b'))).toHaveLength(40_000));
  expect(took).toBeLessThan(5_000);
});
