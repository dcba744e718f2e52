import { randomUUID } from 'node:crypto';
import { Server } from 'node:net';
import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { pino } from 'pino';
import { type Lease, LeasePool } from '../../../infra/gpu/lease-pool.js';
import type { GpuDevice } from '../../../infra/gpu/probe.js';
import { callInChild } from '../../support/child.js';
import { madeUpGpu } from '../../support/fake-gpus.js';

const log = pino({ enabled: false });
const pools: LeasePool[] = [];
afterEach(() => {
  for (const pool of pools.splice(0)) pool.close();
});

/** A pool over a list of devices that the test may change; checks only when it is told to. */
async function open(devices: readonly GpuDevice[], perDevice = 1): Promise<LeasePool> {
  const pool = await LeasePool.open({ probe: async () => devices, perDevice, checkEveryMs: 3_600_000, log });
  pools.push(pool);
  return pool;
}

/** Whether a lease that was asked for has come. */
async function hasCome(asked: Promise<Lease>): Promise<boolean> {
  const soon = new Promise<null>((resolve) => setTimeout(resolve, 60, null));
  return (await Promise.race([asked, soon])) !== null;
}

const newGpu = (deviceClass = 'h100'): GpuDevice => madeUpGpu(`GPU-${randomUUID()}`, deviceClass);

describe('leases', () => {
  test('are one a device, and go to those who wait in the order in which they came', async () => {
    const pool = await open([newGpu()]);
    const order: number[] = [];
    const job = async (n: number): Promise<void> => {
      const lease = await pool.acquire('any');
      order.push(n);
      await new Promise((resolve) => setImmediate(resolve));
      expect(order.at(-1)).toBe(n);
      await lease.release();
    };
    await Promise.all(Array.from({ length: 20 }, (_, n) => job(n)));
    expect(order).toEqual(Array.from({ length: 20 }, (_, n) => n));
  });

  test('are as many a device as the pool is told, and on all devices at once', async () => {
    const devices = [newGpu(), newGpu()];
    const pool = await open(devices, 2);
    const leases = await Promise.all([1, 2, 3, 4].map(() => pool.acquire('h100')));
    for (const device of devices) expect(leases.filter((lease) => lease.device === device)).toHaveLength(2);
    const fifth = pool.acquire('any');
    expect(await hasCome(fifth)).toBe(false);
    await leases[0]?.release();
    expect((await fifth).device).toBe(leases[0]?.device);
  });

  test('are of the class that was asked for; whoever takes any is not kept waiting by one who does not', async () => {
    const [big, small] = [newGpu('h100'), newGpu('t4')];
    const pool = await open([big, small]);
    const first = await pool.acquire('h100');
    const second = pool.acquire('h100');
    const any = await pool.acquire('any');
    expect([first.device, any.device]).toEqual([big, small]);
    await any.release();
    expect(await hasCome(second)).toBe(false);
    await first.release();
    expect((await second).device).toBe(big);
  });

  test('waiting ends with the signal, and the next one in the queue is served', async () => {
    const pool = await open([newGpu()]);
    const held = await pool.acquire('any');
    const abort = new AbortController();
    const given = pool.acquire('any', abort.signal);
    const next = pool.acquire('any', new AbortController().signal);
    abort.abort(new Error('given up'));
    await expect(given).rejects.toThrow('given up');
    await held.release();
    await (await next).release();
    expect(() => pool.acquire('any', abort.signal)).toThrow('given up');
  });
});

describe('two pools of one machine', () => {
  test('never have one device both, and take turns', async () => {
    const devices = [newGpu()];
    const [one, two] = [await open(devices), await open(devices)];
    const turns: string[] = [];
    const work = async (name: string, pool: LeasePool): Promise<void> => {
      for (let n = 0; n < 15; n += 1) {
        const lease = await pool.acquire('any');
        turns.push(name);
        await new Promise((resolve) => setTimeout(resolve, 2));
        await lease.release();
      }
    };
    await Promise.all([work('one', one), work('one', one), work('two', two)]);
    // The second pool has one job where the first has two; it is not made to wait until those are done.
    expect(turns.slice(0, 20).filter((name) => name === 'two').length).toBeGreaterThan(5);
  });

  test('a device is free again when its process is killed', async () => {
    const gpu = newGpu();
    const { child, result } = callInChild('test/support/lease-main.ts', 'leaseOne', [[gpu.uuid]], { stay: true });
    expect(await result).toBe(gpu.uuid);
    const waiting = (await open([gpu])).acquire('any');
    expect(await hasCome(waiting)).toBe(false);
    child.kill('SIGKILL');
    expect((await waiting).device).toBe(gpu);
  });
});

describe('a lock that can not be had for a fault', () => {
  /** From now on, until it is put back, no socket can be opened: the system has no descriptor left. */
  function noDescriptors() {
    return jest.spyOn(Server.prototype, 'listen').mockImplementation(function (this: Server) {
      setImmediate(() => this.emit('error', Object.assign(new Error('too many open files'), { code: 'EMFILE' })));
      return this;
    });
  }

  test('is told to who waits, and tried again for the next', async () => {
    const gpu = newGpu();
    const pool = await open([gpu]);
    const fault = noDescriptors();
    await expect(pool.acquire('any')).rejects.toMatchObject({ code: 'EMFILE' });
    fault.mockRestore();
    expect((await pool.acquire('any')).device).toBe(gpu);
  });

  test('also where it comes while another process’s place is waited for', async () => {
    const gpu = newGpu();
    const [one, two] = [await open([gpu]), await open([gpu])];
    const held = await one.acquire('any');
    const waiting = two.acquire('any');
    expect(await hasCome(waiting)).toBe(false);
    const fault = noDescriptors();
    const [told] = await Promise.all([waiting.catch((error: unknown) => error), held.release()]);
    expect(told).toMatchObject({ code: 'EMFILE' });
    fault.mockRestore();
    expect((await two.acquire('any')).device).toBe(gpu);
  });
});

describe('health', () => {
  test('a device that is no longer listed is leased no more, until it is listed again', async () => {
    const [one, two] = [newGpu(), newGpu()];
    const listed = [one, two];
    const pool = await open(listed);
    listed.splice(0, 1);
    await pool.check();
    expect(pool.devices).toEqual([two]);
    const lease = await pool.acquire('any');
    expect(lease.device).toBe(two);
    const waiting = pool.acquire('any');
    expect(await hasCome(waiting)).toBe(false);
    listed.unshift(one);
    await pool.check();
    expect((await waiting).device).toBe(one);
  });

  test('where no device of the class is well, who asks and who waits is told', async () => {
    const listed = [newGpu(), newGpu('t4')];
    const pool = await open(listed);
    const held = await pool.acquire('h100');
    const waiting = pool.acquire('h100');
    listed.shift();
    await pool.check();
    await expect(waiting).rejects.toMatchObject({ type: 'GpuUnavailable', message: expect.stringContaining('h100') });
    expect(() => pool.acquire('a100')).toThrow('a100');
    await expect(pool.vouch(held.device)).rejects.toMatchObject({ type: 'GpuUnavailable' });
    await held.release();
  });

  test('a device that a job reports is out until a probe that began afterwards finds it well', async () => {
    const [one, two] = [newGpu(), newGpu()];
    let answer: (devices: GpuDevice[]) => void = () => undefined;
    let probes = 0;
    const probe = (): Promise<GpuDevice[]> => {
      probes += 1;
      return probes === 1 ? Promise.resolve([one, two]) : new Promise((resolve) => (answer = resolve));
    };
    const pool = await LeasePool.open({ probe, checkEveryMs: 3_600_000, log });
    pools.push(pool);
    const early = pool.check();
    await new Promise((resolve) => setImmediate(resolve));
    pool.reportBroken(one);
    expect(pool.devices).toEqual([two]);
    answer([one, two]);
    await early;
    expect(pool.devices).toEqual([two]);
    const late = pool.check();
    await new Promise((resolve) => setImmediate(resolve));
    answer([one, two]);
    await late;
    expect(pool.devices).toEqual([one, two]);
  });

  test('a probe that fails vouches for nothing', async () => {
    const gpu = newGpu();
    let isBroken = false;
    const probe = async (): Promise<GpuDevice[]> => {
      if (isBroken) throw new Error('driver mismatch');
      return [gpu];
    };
    const pool = await LeasePool.open({ probe, checkEveryMs: 3_600_000, log });
    pools.push(pool);
    isBroken = true;
    await pool.check();
    expect(() => pool.acquire('any')).toThrow('no GPU');
    isBroken = false;
    await pool.check();
    expect((await pool.acquire('any')).device).toBe(gpu);
  });
});
