import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { dedupe } from '../../../infra/store/dedupe.js';
import { makeResult } from './results.js';

const fewCells = fc.array(
  fc
    .tuple(
      fc.nat({ max: 3 }),
      fc.constantFrom('pass', 'fail', 'unscored' as const),
      fc.nat({ max: 3 }),
      fc.nat({ max: 1 }),
    )
    .map(([sample, verdict, finishedAt, startedAt]) => makeResult({ sample }, { verdict, finishedAt, startedAt })),
  { maxLength: 12 },
);

describe('without duplicates', () => {
  test('every cell has one row, which is one of those that came in', () => {
    fc.assert(
      fc.property(fewCells, (results) => {
        const kept = dedupe(results);
        const ids = kept.map(({ cell }) => cell.cellId);
        expect(ids).toEqual([...new Set(results.map(({ cell }) => cell.cellId))].sort());
        for (const result of kept) expect(results).toContain(result);
      }),
    );
  });

  test('neither order, nor copies, nor doing it in parts makes a difference', () => {
    fc.assert(
      fc.property(fewCells, fewCells, (some, others) => {
        const all = dedupe([...some, ...others]);
        expect(dedupe([...others.toReversed(), ...some.toReversed(), ...others])).toEqual(all);
        expect(dedupe([...dedupe(some), ...dedupe(others)])).toEqual(all);
        expect(dedupe(all)).toEqual(all);
      }),
    );
  });

  test('a judged row stands before an unscored one, then the first that finished', () => {
    const row = (verdict: 'pass' | 'fail' | 'unscored', finishedAt: number) => makeResult({}, { verdict, finishedAt });
    expect(dedupe([row('unscored', 1), row('fail', 3), row('pass', 2)])).toEqual([row('pass', 2)]);
    expect(dedupe([row('unscored', 2), row('unscored', 1)])).toEqual([row('unscored', 1)]);
  });
});
