import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { LeasePool } from '../../infra/gpu/lease-pool.js';
import { madeUpGpu } from './fake-gpus.js';

async function openPool(uuids: readonly string[]): Promise<LeasePool> {
  const devices = uuids.map((uuid) => madeUpGpu(uuid));
  return LeasePool.open({ probe: async () => devices, checkEveryMs: 50, log: pino({ enabled: false }) });
}

/** Leases one of the devices and keeps it; its id. */
export async function leaseOne(uuids: readonly string[]): Promise<string> {
  const { device } = await (await openPool(uuids)).acquire('any');
  return device.uuid;
}

/**
 * Leases the devices again and again, `atOnce` jobs at the same time, until it is killed. While it holds one it writes
 * `begin` and `end` lines to the device's file in `folder`: `begin <pid> <number of the lease>`.
 */
export async function leaseMany(uuids: readonly string[], folder: string, atOnce: number): Promise<void> {
  const pool = await openPool(uuids);
  let leases = 0;
  const job = async (): Promise<void> => {
    for (;;) {
      const { device, release } = await pool.acquire('any');
      const name = `${process.pid} ${(leases += 1)}`;
      const file = join(folder, device.uuid);
      appendFileSync(file, `begin ${name}\n`);
      await sleep(leases % 4);
      appendFileSync(file, `end ${name}\n`);
      await release();
    }
  };
  await Promise.all(Array.from({ length: atOnce }, job));
}
