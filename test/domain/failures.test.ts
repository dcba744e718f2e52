import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { Failure, type FailureType, nextDelayMs, RETRY_RULES } from '../../domain/failures.js';

const HOUR = 3_600_000;
const types = Object.keys(RETRY_RULES) as FailureType[];
const type = fc.constantFrom(...types);

describe('the wait before the next attempt', () => {
  test.each([
    ['ModelRateLimited', 1, null, 1_000],
    ['ModelRateLimited', 3, null, 4_000],
    ['ModelRateLimited', 50, null, 60_000],
    ['ModelRateLimited', 1, 30_000, 30_000],
    ['ModelRateLimited', 1, 10 * HOUR, HOUR],
    ['ModelTimeout', 3, null, 4_000],
    ['ModelTimeout', 4, null, null],
    ['ModelAuth', 1, null, null],
    ['ReplayMiss', 1, 5_000, null],
    ['SandboxLost', 5, null, 3_200],
    ['SandboxLost', 6, null, null],
  ] as const)('%s, attempt %i, asked for %s: %s', (type, attempt, retryAfterMs, expected) => {
    expect(nextDelayMs(type, attempt, retryAfterMs)).toBe(expected);
  });

  test('never shrinks, is never shorter than asked for, and never longer than an hour', () => {
    const asked = fc.option(fc.nat({ max: 2 * HOUR }));
    fc.assert(
      fc.property(type, fc.integer({ min: 1, max: 10_000 }), asked, (type, attempt, retryAfterMs) => {
        const [wait, next] = [nextDelayMs(type, attempt, retryAfterMs), nextDelayMs(type, attempt + 1, retryAfterMs)];
        if (wait === null) return expect(next).toBeNull();
        expect(wait).toBeLessThanOrEqual(HOUR);
        expect(wait).toBeGreaterThanOrEqual(Math.min(retryAfterMs ?? 0, HOUR));
        if (next !== null) expect(next).toBeGreaterThanOrEqual(wait);
      }),
    );
  });
});

test('a failure keeps its type, what was asked for, and its cause', () => {
  const cause = new Error('socket hang up');
  const failure = new Failure('ModelUnavailable', 'no answer', { retryAfterMs: 5, cause });
  expect(failure).toMatchObject({ name: 'Failure', type: 'ModelUnavailable', retryAfterMs: 5, cause });
  expect(new Failure('ModelAuth', 'no key').retryAfterMs).toBeNull();
});
