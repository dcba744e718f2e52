import { afterEach, describe, expect, test } from '@jest/globals';
import { join } from 'node:path';
import { askOnce, type SharedAnswer } from '../../activities/ask-once.js';
import { Failure } from '../../domain/failures.js';
import { NO_METRICS } from '../../infra/metrics/metrics.js';
import { openAiCompatible } from '../../infra/models/openai-compatible.js';
import { answersIn } from '../../infra/store/answers.js';
import { openBlobStore } from '../../infra/store/blobs.js';
import { REPLIES, startFaultServer, type FaultServer, type Received, type Reply } from '../support/fault-server.js';
import { never, requestOf, specOf } from '../infra/models/specs.js';
import { temporaryHomes } from '../infra/store/home.js';

const newHome = temporaryHomes();
let server: FaultServer | undefined;

afterEach(async () => {
  await server?.close();
  server = undefined;
});

/** Asks a host that replies so, for cells of one sweep. */
async function asker(reply: (received: Received) => Reply, home = newHome()) {
  server = await startFaultServer({ reply, delayMs: 20 });
  const spec = specOf({ baseUrl: server.baseUrl });
  const model = openAiCompatible({});
  const ask = askOnce({ blobs: openBlobStore(home), models: { get: () => model }, metrics: NO_METRICS });
  const answers = answersIn(join(home, 'sweeps', 'demo'));
  return (cell: string, { seed = 1, label = 'm', signal = never() } = {}): Promise<SharedAnswer> =>
    ask(answers, requestOf({ ...spec, label }, { key: `demo/${cell}/a1`, seed }), signal);
}

function requests(): number {
  return server?.received.length ?? 0;
}

describe('one question', () => {
  test('of many cells at the same time is asked once, and one of them pays', async () => {
    const ask = await asker(({ body }) => ({ kind: 'answer', text: `seed ${String(body['seed'])}` }));
    const seeds = [1, 2, 3, 4, 5];
    const all = await Promise.all(seeds.flatMap((seed) => ['x', 'y', 'z'].map((cell) => ask(cell, { seed }))));
    expect(requests()).toBe(seeds.length);
    expect(all.filter(({ shared }) => !shared)).toHaveLength(seeds.length);
    expect(new Set(all.map(({ completionSha256 }) => completionSha256)).size).toBe(seeds.length);
  });

  test('of a later cell is answered from the store, as is the same cell after a crash, which had paid itself', async () => {
    const home = newHome();
    await (
      await asker(() => REPLIES.ok, home)
    )('first');
    await server?.close();
    const ask = await asker(() => REPLIES['server-error'], home);
    expect(await ask('second')).toMatchObject({ shared: true, askedBy: 'demo/first/a1' });
    expect(await ask('first')).toMatchObject({ shared: false });
    expect(requests()).toBe(0);
  });

  test('is another one with another seed or model', async () => {
    const ask = await asker(() => REPLIES.ok);
    for (const question of [{}, { seed: 2 }, { label: 'n' }]) expect((await ask('x', question)).shared).toBe(false);
    expect(requests()).toBe(3);
  });

  test('whose first asker is cancelled is asked by the next in line', async () => {
    const stop = new AbortController();
    const ask = await asker(({ key }) => (key === 'demo/first/a1' ? REPLIES.hang : REPLIES.ok));
    const first = ask('first', { signal: stop.signal });
    const others = [ask('second'), ask('third')];
    stop.abort(new Error('cancelled'));
    await expect(first).rejects.toThrow('cancelled');
    expect((await Promise.all(others)).filter(({ shared }) => shared)).toHaveLength(1);
  });

  test('is left at once by a cell that is cancelled while it waits', async () => {
    const [stop, end] = [new AbortController(), new AbortController()];
    const ask = await asker(() => REPLIES.hang);
    const first = ask('first', { signal: end.signal });
    const waiting = ask('second', { signal: stop.signal });
    stop.abort(new Error('not needed'));
    await expect(waiting).rejects.toThrow('not needed');
    end.abort(new Error('over'));
    await expect(first).rejects.toThrow('over');
  });
});

test.each(['put', 'save'] as const)(
  'an answer that the store does not take (%s) is kept until it does, not paid again',
  async (step) => {
    const home = newHome();
    server = await startFaultServer({ reply: () => REPLIES.ok });
    const spec = specOf({ baseUrl: server.baseUrl });
    const [blobs, answers] = [openBlobStore(home), answersIn(join(home, 'sweeps', 'demo'))];
    let isFull = true;
    const unlessFull =
      <Args extends unknown[], T>(store: (...args: Args) => Promise<T>) =>
      (...args: Args): Promise<T> =>
        isFull ? Promise.reject(new Failure('StoreUnavailable', 'no space left')) : store(...args);
    const model = openAiCompatible({});
    const ask = askOnce({
      blobs: step === 'put' ? { ...blobs, put: unlessFull((text: string) => blobs.put(text)) } : blobs,
      models: { get: () => model },
      metrics: NO_METRICS,
    });
    const store =
      step === 'save'
        ? { ...answers, save: unlessFull((...kept: Parameters<typeof answers.save>) => answers.save(...kept)) }
        : answers;
    const again = (): Promise<SharedAnswer> => ask(store, requestOf(spec, { key: 'demo/x/a1' }), never());
    for (let tries = 0; tries < 5; tries += 1)
      await expect(again()).rejects.toMatchObject({ type: 'StoreUnavailable' });
    isFull = false;
    expect(await again()).toMatchObject({ shared: false, askedBy: 'demo/x/a1' });
    expect(await again()).toMatchObject({ shared: false });
    expect(requests()).toBe(1);
  },
);

test('answers that earlier versions kept for each generation are still found', async () => {
  const home = newHome();
  const ask = await asker(() => REPLIES.ok, home);
  const { askedBy: _, shared: __, key: ___, ...old } = await ask('x');
  await answersIn(join(home, 'sweeps', 'demo')).save('demo/old/a1', old);
  expect(await ask('old', { seed: 9 })).toMatchObject({ shared: false, completionSha256: old.completionSha256 });
  expect(requests()).toBe(1);
});
