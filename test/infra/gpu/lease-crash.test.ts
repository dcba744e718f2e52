import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { afterAll, expect, test } from '@jest/globals';
import { type ChildCall, callInChild } from '../../support/child.js';
import { until } from '../../support/cli.js';
import { fraction } from '../../support/fraction.js';

const LEASES = 10_000;
const PROCESSES = 4;
const AT_ONCE = 3;
/** Leases from one crash to the next, at most. */
const LEASES_A_CRASH = 600;

const folder = mkdtempSync(join(tmpdir(), 'aicodereval-leases-'));
const uuids = Array.from({ length: 3 }, () => randomUUID());
const children: ChildCall[] = [];
afterAll(() => {
  for (const { child } of children) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

function start(): ChildCall {
  const call = callInChild('test/support/lease-main.ts', 'leaseMany', [uuids, folder, AT_ONCE]);
  children.push(call);
  return call;
}

function lines(uuid: string): string[] {
  try {
    return readFileSync(join(folder, uuid), 'utf8').trimEnd().split('\n');
  } catch {
    return [];
  }
}

/** Leases that were begun and not ended when the next one of their device began, or at the end. */
function broken(uuid: string): string[] {
  const found: string[] = [];
  let open: string | null = null;
  for (const line of lines(uuid)) {
    const [word, ...name] = line.split(' ');
    if (word === 'end') {
      // A lease that another one interrupted, and that ends all the same, was never over: two had the device.
      expect(name.join(' ')).toBe(open);
      open = null;
    } else {
      if (open !== null) found.push(open);
      open = name.join(' ');
    }
  }
  return open === null ? found : [...found, open];
}

test(`no GPU is ever leased twice at a time over ${LEASES} leases of ${PROCESSES} processes that crash`, async () => {
  const alive = Array.from({ length: PROCESSES }, start);
  const killed = new Set<string>();
  const count = (): number => uuids.reduce((sum, uuid) => sum + lines(uuid).length / 2, 0);
  await until('all processes lease', () => count() > 100);
  for (let crash = 0; count() < LEASES; crash += 1) {
    const next = count() + fraction(`life ${crash}`) * LEASES_A_CRASH;
    await until('leases go on', () => count() > next);
    const [victim] = alive.splice(Math.floor(fraction(`victim ${crash}`) * PROCESSES), 1);
    victim?.child.kill('SIGKILL');
    killed.add(String(victim?.child.pid));
    alive.push(start());
  }
  for (const { child } of alive) {
    child.kill('SIGKILL');
    killed.add(String(child.pid));
    if (child.signalCode === null) await once(child, 'exit');
  }

  const names = uuids.flatMap(broken);
  expect(killed.size).toBeGreaterThan(LEASES / LEASES_A_CRASH);
  // Whatever was not ended was cut off by a crash: some leases were, or the crashes proved nothing.
  expect(names.filter((name) => !killed.has(name.split(' ')[0] ?? ''))).toEqual([]);
  expect(names.length).toBeGreaterThan(3);
}, 120_000);
