import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { asyncLocalStorage, type Context } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import {
  BATCH_PATIENCE,
  modelPatience,
  type Patience,
  PROGRAM_PATIENCE,
  withHeartbeat,
} from '../../activities/heartbeat.js';
import { Failure, type FailureType } from '../../domain/failures.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

beforeEach(() => void jest.useFakeTimers({ now: 0 }));
afterEach(() => void jest.useRealTimers());

/** What becomes of a try: an answer, an error, or a worker that dies at it. */
type Outcome = 'done' | 'dies' | Error;

interface Ended {
  readonly tries: number;
  readonly error: unknown;
  /** Milliseconds of work and of waits between tries. */
  readonly took: number;
}

/** Tries an activity as Temporal does, each try `workMs` long, until it is done or not to be tried again. */
async function attempt(patience: Patience, outcome: (nth: number) => Outcome, workMs = 0, downMs = 0): Promise<Ended> {
  let details: unknown;
  for (let tries = 1; tries <= 10_000; tries += 1) {
    const outcomeNow = outcome(tries);
    const info = { attempt: tries, heartbeatTimeoutMs: 10_000, heartbeatDetails: details };
    const heartbeat = (sent: unknown): void => void (details = JSON.parse(JSON.stringify(sent)));
    const context = { info, heartbeat, cancellationSignal: new AbortController().signal } as unknown as Context;
    const body = async (): Promise<string> => {
      jest.advanceTimersByTime(workMs);
      if (outcomeNow instanceof Error) throw outcomeNow;
      return 'done';
    };
    const sent = { before: details };
    const ended = await asyncLocalStorage
      .run(context, () => withHeartbeat(patience, body))
      .then(
        () => null,
        (error: unknown) => error,
      );
    if (outcomeNow === 'dies' && ended === null) {
      // Its last words were those of the beat with which it began.
      details = sent.before ?? { faults: {}, spentMs: 0 };
      continue;
    }
    const isFinal = ended === null || (ended instanceof ApplicationFailure && ended.nonRetryable === true);
    if (isFinal) return { tries, error: ended, took: Date.now() };
    jest.advanceTimersByTime(ended instanceof ApplicationFailure ? Number(ended.nextRetryDelay ?? 0) : 500);
    // The home is not hosted for a while: nobody beats, and Temporal's clock goes on.
    jest.setSystemTime(Date.now() + downMs);
  }
  throw new Error('it was never given up');
}

const fault = (type: FailureType): Failure => new Failure(type, 'no');

describe('an activity that meets faults', () => {
  test('asks a model that is away for as long as it was told, waits included', async () => {
    const { error, took } = await attempt(modelPatience(HOUR), () => fault('ModelUnavailable'), 1_000);
    expect(error).toMatchObject({ type: 'ModelUnavailable', nonRetryable: true });
    expect(took).toBeGreaterThan(HOUR - 3 * MINUTE);
    expect(took).toBeLessThanOrEqual(HOUR);
  });

  test('does not count hours in which nobody was there', async () => {
    const back = (nth: number): Outcome => (nth < 5 ? fault('ModelUnavailable') : 'done');
    expect(await attempt(modelPatience(HOUR), back, 1_000, 12 * HOUR)).toMatchObject({ tries: 5, error: null });
  });

  test.each<[FailureType, number]>([
    ['ModelTimeout', 4],
    ['ModelAuth', 1],
    ['SandboxLost', 6],
  ])('tries again after %s %i times in all, whoever died meanwhile', async (type, times) => {
    const { tries } = await attempt(PROGRAM_PATIENCE, (nth) => (nth % 2 === 0 ? 'dies' : fault(type)));
    expect(tries).toBe(2 * times - 1);
  });

  test('waits for a disk with room for six hours, and a batch without end', async () => {
    const full = () => fault('StoreUnavailable');
    const { took, tries } = await attempt(PROGRAM_PATIENCE, full);
    expect(took).toBeGreaterThan(6 * HOUR - 2 * MINUTE);
    expect(tries).toBeGreaterThan(300);
    await expect(attempt(BATCH_PATIENCE, full)).rejects.toThrow('never given up');
  });

  test.each<[string, Patience, number]>([
    ['a program', PROGRAM_PATIENCE, 20],
    ['a question to a model', modelPatience(HOUR), 200],
  ])('gives up %s at which so many workers died', async (_, patience, deaths) => {
    const { tries, error } = await attempt(patience, () => 'dies');
    expect(tries).toBe(deaths + 1);
    expect(error).toMatchObject({ type: 'WorkerLost', message: `${deaths} workers ended while they were at it` });
  });

  test('gives up an error that nobody foresaw after twenty tries', async () => {
    const { tries, error } = await attempt(modelPatience(HOUR), () => new TypeError('x is undefined'));
    expect(tries).toBe(20);
    expect(error).toMatchObject({ message: 'x is undefined', nonRetryable: true });
  });
});
