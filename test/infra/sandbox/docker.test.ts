import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { judge } from '../../../domain/verdict.js';
import { packagePath } from '../../../infra/package-path.js';
import { openDockerSandbox } from '../../../infra/sandbox/docker.js';
import { jobOf } from '../../contracts/sandbox-bench.js';
import { sandboxContract } from '../../contracts/sandbox-contract.js';
import { until } from '../../contracts/sandbox-life.js';
import { containerPids, containersOf, engine, image, whyNoDocker } from '../../support/docker.js';

const reason = await whyNoDocker();
const home = await realpath(await mkdtemp(join(tmpdir(), 'aicodereval-docker-')));
const RIGHT = jobOf('def f(x):\n    return x + 1\n', 'assert f(1) == 2');

const open = (slots: number) => openDockerSandbox({ image, home, slots, imageBudgetBytes: Number.MAX_SAFE_INTEGER });

afterAll(() => rm(home, { recursive: true }));

(reason === null ? describe : describe.skip)('Docker', () => {
  sandboxContract('docker', { open, walls: () => containerPids(home) });

  describe('a container', () => {
    const sandbox = open(1);
    afterAll(() => sandbox.close());

    /** The id of the only container there is. */
    async function container(): Promise<string> {
      const ids = await containersOf(home);
      expect(ids).toHaveLength(1);
      return ids[0] ?? '';
    }

    test('is used for many programs, and for none after it was killed', async () => {
      await sandbox.run(RIGHT);
      const first = await container();
      const reports = await Promise.all(Array.from({ length: 20 }, () => sandbox.run(RIGHT)));
      expect(reports.filter((report) => judge(report) === 'pass')).toHaveLength(20);
      expect(await container()).toBe(first);
      await engine.getContainer(first).kill();
      await until(async () => (await containersOf(home)).length === 0);
      expect(judge(await sandbox.run(RIGHT))).toBe('pass');
      expect(await container()).not.toBe(first);
    });

    test('has no network, no capability, nothing of the host to write to, and limits that hold the job', async () => {
      const limits = { memoryBytes: 1024 ** 3, processes: 100 };
      await sandbox.run({ ...RIGHT, limits: { ...RIGHT.limits, ...limits } });
      const { Config, HostConfig, Mounts } = await engine.getContainer(await container()).inspect();
      expect(Config).toMatchObject({ User: '65534:65534', NetworkDisabled: true });
      const { Memory, MemorySwap, PidsLimit, SecurityOpt } = HostConfig;
      expect(HostConfig).toMatchObject({ NetworkMode: 'none', ReadonlyRootfs: true, Privileged: false });
      expect(HostConfig.CapDrop).toEqual(['ALL']);
      expect(SecurityOpt).toContain('no-new-privileges');
      expect(Memory).toBeGreaterThan(2 * limits.memoryBytes);
      expect(MemorySwap).toBe(Memory);
      expect(PidsLimit).toBeGreaterThan(2 * limits.processes);
      expect(Mounts.filter(({ RW: isWritable }) => isWritable)).toEqual([]);
      expect(Mounts.filter(({ Source }) => !Source.startsWith(packagePath('infra/sandbox/')))).toEqual([]);
    });

    test('goes on when the kernel kills a program that takes more than all of its memory', async () => {
      const before = await container();
      await engine.getContainer(before).update({ Memory: 96 << 20, MemorySwap: 96 << 20 });
      const report = await sandbox.run(jobOf('def f(x):\n    return bytearray(400 << 20)\n', 'f(1)'));
      expect(report).toMatchObject({ endOfRun: 'signal', signal: 9 });
      expect(judge(await sandbox.run(RIGHT))).toBe('pass');
      expect(await container()).toBe(before);
    });
  });
});
