import { describe, expect, test } from '@jest/globals';
import { array, assert, integer, property } from 'fast-check';
import { Pace } from '../../cli/pace.js';

const MINUTE = 60_000;

/** The pace at the last of these notes: minutes and cells. */
function last(notes: readonly (readonly [minute: number, done: number])[]): number {
  const pace = new Pace();
  let perSecond = Number.NaN;
  for (const [minute, done] of notes) perSecond = pace.note(minute * MINUTE, done);
  return perSecond;
}

describe('the pace of a sweep', () => {
  test('counts what comes after the first look', () => {
    expect(last([[0, 500]])).toBe(0);
    expect(
      last([
        [0, 500],
        [1, 506],
      ]),
    ).toBeCloseTo(6 / 60);
  });

  test('forgets stored answers that came at once', () => {
    const slow = Array.from({ length: 60 }, (_, index) => [index + 2, 900 + index * 4] as const);
    expect(last([[0, 0], [1, 896], ...slow]) * 60).toBeCloseTo(4, 0);
  });

  test('holds cells that come by the dozen after a long time each', () => {
    const rounds = Array.from({ length: 8 }, (_, index) => [index * 30, index * 12] as const);
    expect(last(rounds) * 60).toBeCloseTo(12 / 30);
    expect(last([...rounds, [225, 84]]) * 60).toBeGreaterThan(0.2);
  });

  test('is none the wiser where a page can not be asked for a moment', () => {
    const steady = [0, 1, 2, 3, 4].map((minute) => [minute, 100 + minute * 10] as const);
    expect(last([...steady, [4.1, 90], [5, 150]]) * 60).toBeCloseTo(10);
    expect(last([...steady, [4.1, 90]]) * 60).toBeCloseTo(40 / 4.1);
  });

  test('knows when cells last ended', () => {
    const pace = new Pace();
    pace.note(1_000, 7);
    expect(pace.lastAt).toBe(1_000);
    pace.note(2_000, 7);
    expect(pace.lastAt).toBe(1_000);
    pace.note(3_000, 8);
    pace.note(4_000, 6);
    expect(pace.lastAt).toBe(3_000);
  });

  test('is that of a steady sweep, however often it is looked at', () => {
    assert(
      property(integer({ min: 1, max: 100 }), array(integer({ min: 1, max: 20 }), { minLength: 2 }), (rate, gaps) => {
        let minute = 0;
        const notes = [0, ...gaps].map((gap) => [(minute += gap), minute * rate] as const);
        expect(last(notes) * 60).toBeCloseTo(rate);
      }),
    );
  });
});
