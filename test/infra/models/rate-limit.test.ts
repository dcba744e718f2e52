import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { RateLimiter, type RateLimits } from '../../../infra/models/rate-limit.js';
import { VirtualClock } from '../../support/virtual-clock.js';
import { never } from './specs.js';

interface Job {
  readonly arrivesAfter: number;
  readonly takes: number;
  readonly tokens: number;
  /** Milliseconds after its arrival at which it is given up; null is never. */
  readonly abortAfter: number | null;
}

interface Run {
  readonly started: number;
  readonly ended: number;
  readonly tokens: number;
}

/** Runs all jobs through one limiter in virtual time; null for each that was given up. */
async function runAll(limits: RateLimits, jobs: readonly Job[]): Promise<{ runs: (Run | null)[]; order: number[] }> {
  const clock = new VirtualClock();
  const limiter = new RateLimiter(limits, clock);
  const order: number[] = [];
  const results: Promise<Run | null>[] = [];
  const submit = async (job: Job, index: number): Promise<Run | null> => {
    const abort = new AbortController();
    const { abortAfter } = job;
    if (abortAfter !== null) void clock.sleep(abortAfter, never()).then(() => abort.abort(new Error('given up')));
    let started = 0;
    const body = async (): Promise<Run> => {
      started = clock.now();
      order.push(index);
      await clock.sleep(job.takes, never());
      return { started, ended: clock.now(), tokens: job.tokens };
    };
    return limiter.run(abort.signal, body, ({ tokens }) => tokens).catch(() => null);
  };
  const arrivals = async (): Promise<(Run | null)[]> => {
    for (const [index, job] of jobs.entries()) {
      if (job.arrivesAfter > 0) await clock.sleep(job.arrivesAfter, never());
      results.push(submit(job, index));
    }
    return Promise.all(results);
  };
  return { runs: await clock.runUntil(arrivals()), order };
}

const job = fc.record<Job>({
  arrivesAfter: fc.nat(20_000),
  takes: fc.integer({ min: 1, max: 40_000 }),
  tokens: fc.nat(2_000),
  abortAfter: fc.option(fc.nat(60_000), { freq: 3 }),
});
const limits = fc.record<RateLimits>({
  concurrency: fc.integer({ min: 1, max: 4 }),
  requestsPerMinute: fc.option(fc.integer({ min: 1, max: 5 })),
  tokensPerMinute: fc.option(fc.integer({ min: 1, max: 3_000 })),
});

describe('for any limits and any requests', () => {
  const law = (check: (limits: RateLimits, ran: Run[], order: number[], runs: (Run | null)[], jobs: Job[]) => void) =>
    fc.assert(
      fc.asyncProperty(limits, fc.array(job, { minLength: 1, maxLength: 25 }), async (limits, jobs) => {
        const { runs, order } = await runAll(limits, jobs);
        check(
          limits,
          runs.filter((run) => run !== null),
          order,
          runs,
          jobs,
        );
      }),
      { numRuns: 150 },
    );

  test('no more than `concurrency` run at the same time', () =>
    law(({ concurrency }, ran) => {
      for (const { started } of ran) {
        const running = ran.filter((run) => run.started <= started && run.ended > started);
        expect(running.length).toBeLessThanOrEqual(concurrency);
      }
    }));

  test('no minute sees more starts than allowed', () =>
    law(({ requestsPerMinute }, ran) => {
      for (const { started } of ran) {
        const inMinute = ran.filter((run) => run.started <= started && run.started > started - 60_000);
        expect(inMinute.length).toBeLessThanOrEqual(requestsPerMinute ?? Infinity);
      }
    }));

  test('nothing starts while the last minute has used up its tokens', () =>
    law(({ tokensPerMinute }, ran) => {
      for (const { started } of ran) {
        const spent = ran.filter((run) => run.ended < started && run.ended > started - 60_000);
        expect(spent.reduce((sum, { tokens }) => sum + tokens, 0)).toBeLessThan(tokensPerMinute ?? Infinity);
      }
    }));

  test('requests start in the order of their arrival', () =>
    law((_limits, _ran, order) => expect(order).toEqual(order.toSorted((a, b) => a - b))));

  test('every request that was not given up runs, and none that was keeps a place', () =>
    law((_limits, _ran, _order, runs, jobs) => {
      for (const [index, run] of runs.entries()) if (jobs[index]?.abortAfter === null) expect(run).not.toBeNull();
    }));
});

test('without limits nothing waits', async () => {
  const jobs = Array.from({ length: 50 }, () => ({ arrivesAfter: 0, takes: 10, tokens: 1e6, abortAfter: null }));
  const { runs } = await runAll({ concurrency: 50, requestsPerMinute: null, tokensPerMinute: null }, jobs);
  expect(new Set(runs.map((run) => run?.started))).toEqual(new Set([0]));
});

test('a request that fails gives its place back', async () => {
  const limiter = new RateLimiter({ concurrency: 1, requestsPerMinute: null, tokensPerMinute: null });
  const failing = limiter.run(
    never(),
    () => Promise.reject(new Error('no')),
    () => 0,
  );
  await expect(failing).rejects.toThrow('no');
  expect(
    await limiter.run(
      never(),
      () => Promise.resolve('yes'),
      () => 0,
    ),
  ).toBe('yes');
});

test('a request that is given up while it waits ends at once', async () => {
  const limiter = new RateLimiter({ concurrency: 1, requestsPerMinute: null, tokensPerMinute: null });
  const first = deferred();
  const running = limiter.run(
    never(),
    () => first.promise,
    () => 0,
  );
  const abort = new AbortController();
  const waiting = limiter.run(
    abort.signal,
    () => Promise.resolve(),
    () => 0,
  );
  abort.abort(new Error('cancelled'));
  await expect(waiting).rejects.toThrow('cancelled');
  first.resolve();
  await running;
});

function deferred(): { promise: Promise<void>; resolve: () => void } {
  let resolve = (): void => undefined;
  const promise = new Promise<void>((done) => (resolve = done));
  return { promise, resolve };
}
