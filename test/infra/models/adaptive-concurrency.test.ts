import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { Failure, type FailureType } from '../../../domain/failures.js';
import { AdaptiveConcurrency } from '../../../infra/models/adaptive-concurrency.js';
import { RateLimiter } from '../../../infra/models/rate-limit.js';
import { VirtualClock } from '../../support/virtual-clock.js';
import { never } from './specs.js';

const failure = (type: FailureType, retryAfterMs?: number): Failure =>
  new Failure(type, 'no', retryAfterMs === undefined ? {} : { retryAfterMs });
const tooMany = (retryAfterMs?: number): Failure => failure('ModelRateLimited', retryAfterMs);

describe('how many requests may run at the same time', () => {
  test('is halved by each "too many requests", and is never less than one', () => {
    const adaptive = new AdaptiveConcurrency(8);
    const seen = [1, 2, 3, 4, 5].map((now) => {
      adaptive.failed(tooMany(), now, now);
      return adaptive.allowed;
    });
    expect(seen).toEqual([4, 2, 1, 1, 1]);
  });

  test('is halved once by all requests that were under way when it was', () => {
    const adaptive = new AdaptiveConcurrency(64);
    for (let request = 0; request < 64; request += 1) adaptive.failed(tooMany(), request, 100 + request);
    expect(adaptive.allowed).toBe(32);
    adaptive.failed(tooMany(), 101, 200);
    expect(adaptive.allowed).toBe(16);
  });

  test.each<FailureType>(['ModelUnavailable', 'ModelTimeout', 'ModelBadResponse', 'ModelAuth', 'ModelBadRequest'])(
    'is not changed by %s',
    (type) => {
      const adaptive = new AdaptiveConcurrency(8);
      adaptive.failed(failure(type, 5_000), 1, 1);
      expect(adaptive.allowed).toBe(8);
      expect(adaptive.holdMs(2)).toBe(0);
    },
  );

  test('grows back by one with each full round of answers, to where it was', () => {
    const adaptive = new AdaptiveConcurrency(8);
    adaptive.failed(tooMany(), 1, 1);
    const rounds = [4, 5, 6, 7].map((size) => {
      for (let answer = 0; answer <= size; answer += 1) adaptive.succeeded();
      return adaptive.allowed;
    });
    expect(rounds).toEqual([5, 6, 7, 8]);
    for (let answer = 0; answer < 100; answer += 1) adaptive.succeeded();
    expect(adaptive.allowed).toBe(8);
  });

  test('stays within its bounds whatever happens', () => {
    const events = fc.array(fc.oneof(fc.constant('good'), fc.constant('many'), fc.constant('broken')));
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 50 }), events, (most, happened) => {
        const adaptive = new AdaptiveConcurrency(most);
        for (const [now, event] of happened.entries()) {
          if (event === 'good') adaptive.succeeded();
          else adaptive.failed(failure(event === 'many' ? 'ModelRateLimited' : 'ModelUnavailable'), now, now);
          expect(adaptive.allowed).toBeGreaterThanOrEqual(1);
          expect(adaptive.allowed).toBeLessThanOrEqual(most);
        }
      }),
    );
  });
});

test.each([3_600_001, 1_764_000_000_000_000, Infinity])(
  'a host that asks to wait for %d ms is asked after an hour',
  (ms) => {
    const adaptive = new AdaptiveConcurrency(8);
    adaptive.failed(tooMany(ms), 1, 1);
    expect(() => adaptive.holdMs(2)).toThrow('The host asks to wait for 3600 s more');
    expect(adaptive.holdMs(3_600_001)).toBe(0);
  },
);

describe('a limiter', () => {
  const limits = { concurrency: 4, requestsPerMinute: null, tokensPerMinute: null };
  const run = <T>(limiter: RateLimiter, body: () => Promise<T>): Promise<T> => limiter.run(never(), body, () => 0);

  test('lets as many run as the host bears', async () => {
    const clock = new VirtualClock();
    const limiter = new RateLimiter(limits, clock);
    let running = 0;
    let peak = 0;
    const work = async (): Promise<void> => {
      running += 1;
      peak = Math.max(peak, running);
      await clock.sleep(10, never());
      running -= 1;
    };
    const all = async (): Promise<void> => {
      await run(limiter, () => Promise.reject(tooMany())).catch(() => undefined);
      await Promise.all([work, work].map((body) => run(limiter, body)));
      expect(peak).toBe(2);
      await Promise.all(Array.from({ length: 30 }, () => run(limiter, work)));
    };
    await clock.runUntil(all());
    expect(peak).toBe(4);
  });

  test('starts nothing before the time that the host has named', async () => {
    const clock = new VirtualClock();
    const limiter = new RateLimiter(limits, clock);
    const starts: number[] = [];
    const all = async (): Promise<void> => {
      await run(limiter, () => Promise.reject(tooMany(5_000))).catch(() => undefined);
      const note = (): Promise<void> => Promise.resolve(void starts.push(clock.now()));
      await Promise.all([run(limiter, note), run(limiter, note)]);
    };
    await clock.runUntil(all());
    expect(starts).toEqual([5_000, 5_000]);
  });

  test('hands a long wait to Temporal, with what is left of it, and asks nobody meanwhile', async () => {
    const clock = new VirtualClock();
    const limiter = new RateLimiter(limits, clock);
    let asked = 0;
    const ask = (): Promise<number> => Promise.resolve((asked += 1));
    const all = async (): Promise<void> => {
      await run(limiter, () => Promise.reject(tooMany(3_600_000))).catch(() => undefined);
      await clock.sleep(1_600_000, never());
      await expect(run(limiter, ask)).rejects.toMatchObject({ type: 'ModelRateLimited', retryAfterMs: 2_000_000 });
      expect(asked).toBe(0);
      await clock.sleep(2_000_000, never());
      await run(limiter, ask);
    };
    await clock.runUntil(all());
    expect(asked).toBe(1);
  });
});
