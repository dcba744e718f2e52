import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { type Server, SharedServer } from '../../../infra/models/shared-server.js';

class FakeServer implements Server {
  readonly slots: number;
  readonly ended: Promise<void>;
  isUp = true;
  #end: () => void = () => undefined;

  constructor(slots: number) {
    this.slots = slots;
    this.ended = new Promise((resolve) => (this.#end = resolve));
  }

  stop(): Promise<void> {
    this.isUp = false;
    this.#end();
    return this.ended;
  }
}

/** A shared server with all that was launched of it, and how often it was told that one died. */
function bench(launch = (slots: number): Promise<FakeServer> => Promise.resolve(new FakeServer(slots))) {
  const launched: FakeServer[] = [];
  let died = 0;
  const shared = new SharedServer(
    async (slots) => {
      expect(launched.filter(({ isUp }) => isUp)).toEqual([]);
      const server = await launch(slots);
      launched.push(server);
      return server;
    },
    () => (died += 1),
  );
  return { shared, launched, died: () => died, slots: () => launched.map(({ slots }) => slots) };
}

/** A use that goes on until it is told to end, with the server that it has. */
function longUse(shared: SharedServer<FakeServer>, slots: number) {
  let end: () => void = () => undefined;
  const told = new Promise<void>((resolve) => (end = resolve));
  const done = shared.use(slots, async (server) => {
    const { slots: got } = await server;
    await told;
    return got;
  });
  return { done, end: () => end() };
}

/** Long enough for all that waits for nothing from outside. */
function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

describe('a shared server', () => {
  test('makes room for more once those under way are through; who comes later waits for that and puts it off no more', async () => {
    const { shared, launched, slots, died } = bench();
    const first = longUse(shared, 1);
    await settled();
    const larger = longUse(shared, 4);
    const late = longUse(shared, 1);
    await settled();
    expect(slots()).toEqual([1]);
    expect(launched[0]?.isUp).toBe(true);
    first.end();
    expect(await first.done).toBe(1);
    await settled();
    expect(slots()).toEqual([1, 4]);
    for (const use of [larger, late]) use.end();
    expect(await Promise.all([larger.done, late.done])).toEqual([4, 4]);
    expect(died()).toBe(0);
  });

  test('that died is launched again, and told', async () => {
    const { shared, launched, slots, died } = bench();
    await shared.use(2, (server) => server);
    await launched[0]?.stop();
    await settled();
    expect(died()).toBe(1);
    await shared.use(1, (server) => server);
    expect(slots()).toEqual([2, 1]);
  });

  test('that could not be launched is tried again by the next', async () => {
    let tries = 0;
    const { shared, slots, died } = bench((wanted) => {
      tries += 1;
      return tries === 1 ? Promise.reject(new Error('no memory')) : Promise.resolve(new FakeServer(wanted));
    });
    await expect(shared.use(2, (server) => server)).rejects.toThrow('no memory');
    await shared.use(2, (server) => server);
    expect([slots(), died()]).toEqual([[2], 0]);
  });

  test('that is closed stops what is up, and launches nothing for those who wait for more', async () => {
    const { shared, launched, died } = bench();
    const first = longUse(shared, 1);
    await settled();
    const larger = longUse(shared, 4);
    await Promise.all([expect(larger.done).rejects.toThrow('closed'), shared.close()]);
    expect(launched.map(({ isUp }) => isUp)).toEqual([false]);
    first.end();
    await first.done;
    expect(died()).toBe(0);
  });

  test('gives each use a server that is up, has its slots, and stays until it is through, in whatever order they come and end', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 12 }),
        async (scheduler, wishes) => {
          const { shared } = bench(async (slots) => {
            await scheduler.schedule(Promise.resolve(), 'launch');
            return new FakeServer(slots);
          });
          const uses = wishes.map(async (slots) => {
            await scheduler.schedule(Promise.resolve(), 'come');
            await shared.use(slots, async (server) => {
              const got = await server;
              expect(got.isUp && got.slots >= slots).toBe(true);
              await scheduler.schedule(Promise.resolve(), 'answer');
              expect(got.isUp).toBe(true);
            });
          });
          await scheduler.waitFor(Promise.all(uses));
          await shared.close();
        },
      ),
    );
  });
});
