import { randomUUID } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { pino } from 'pino';
import { type GpuReport, GpuSandbox } from '../../../infra/gpu/gpu-sandbox.js';
import { LeasePool } from '../../../infra/gpu/lease-pool.js';
import { openBubblewrapSandbox } from '../../../infra/sandbox/bubblewrap.js';
import type { Place, Sandbox, SandboxJob } from '../../../infra/sandbox/sandbox.js';
import { ensureTool } from '../../../infra/tools/tool.js';
import { jobOf } from '../../contracts/sandbox-bench.js';
import { sharedHome } from '../../support/embedded-home.js';
import { madeUpGpu } from '../../support/fake-gpus.js';

const bwrapPath = await ensureTool('bwrap', { home: sharedHome() });
const PASSES = jobOf('def f(x):\n    return x', 'assert f(1) == 1');
const FAILS = jobOf('def f(x):\n    return 0', 'assert f(1) == 1');

test('a wrong program is judged while its GPU is well, and not when that is lost; one whose GPU cannot be given is tried elsewhere', async () => {
  const [good, bad] = [madeUpGpu(`GPU-${randomUUID()}`), madeUpGpu(`GPU-${randomUUID()}`, 't4')];
  const listed = [good, { ...bad, nodes: ['/dev/aicodereval-test-missing'] }];
  const log = pino({ enabled: false });
  const pool = await LeasePool.open({ probe: async () => listed, checkEveryMs: 3_600_000, log });
  const opened: Sandbox[] = [];
  const get = async ({ gpu }: Place): Promise<Sandbox> => {
    const one = openBubblewrapSandbox({ bwrapPath, slots: 1, gpu });
    opened.push(one);
    return one;
  };
  const sandbox = new GpuSandbox(pool, { get });
  const place = { environment: 'base', digest: '', backend: 'local' } as const;
  const run = (job: SandboxJob, deviceClass: string): Promise<GpuReport> => sandbox.run({ job, place, deviceClass });
  try {
    expect(await run(FAILS, 'h100')).toMatchObject({ device: good.uuid, report: { endOfRun: 'exception' } });
    await expect(run(PASSES, 't4')).rejects.toMatchObject({ type: 'SandboxUnavailable' });
    await expect(run(PASSES, 't4')).rejects.toMatchObject({ type: 'GpuUnavailable' });
    listed.length = 0;
    expect(await run(PASSES, 'h100')).toMatchObject({ device: good.uuid, report: { endOfRun: 'ok' } });
    await expect(run(FAILS, 'h100')).rejects.toMatchObject({ type: 'GpuUnavailable' });
    expect(pool.devices).toEqual([]);
  } finally {
    pool.close();
    await Promise.all(opened.map((each) => each.close()));
  }
});
