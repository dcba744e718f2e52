import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { describe, expect, test } from '@jest/globals';
import type { TestReport } from '../../../domain/test-report.js';
import { judge } from '../../../domain/verdict.js';
import { openBubblewrapSandbox } from '../../../infra/sandbox/bubblewrap.js';
import { ensureTool } from '../../../infra/tools/tool.js';
import { jobOf } from '../../contracts/sandbox-bench.js';
import { sandboxContract } from '../../contracts/sandbox-contract.js';
import { sleeper, sleeping, until } from '../../contracts/sandbox-life.js';
import { sharedHome } from '../../support/embedded-home.js';
import { canBeNobody, runAsNobody } from '../../support/nobody.js';
import { sandboxScript } from '../../support/sandbox-script.js';

const tag = randomUUID();
const bwrapPath = await ensureTool('bwrap', { home: sharedHome(), env: process.env });
const RIGHT = jobOf('def f(x):\n    return x + 1\n', 'assert f(1) == 2');

/** Processes on this host that carry an entry of the environment. */
async function taggedWith(value: string): Promise<number[]> {
  const found: number[] = [];
  for (const name of await readdir('/proc')) {
    const environ = await readFile(`/proc/${name}/environ`, 'latin1').catch(() => '');
    if (/^\d+$/.test(name) && environ.includes(value)) found.push(Number(name));
  }
  return found;
}

sandboxContract('bubblewrap', {
  open: (slots) => openBubblewrapSandbox({ bwrapPath, slots, ownerEnv: { CONTRACT_TAG: tag } }),
  walls: () => taggedWith(tag),
});

describe('bubblewrap', () => {
  test('kill -9 of the process that opened it leaves nothing behind', async () => {
    const own = randomUUID();
    const options = { bwrapPath, slots: 1, ownerEnv: { CONTRACT_TAG: own } };
    const parent = spawn(
      process.execPath,
      sandboxScript('bubblewrap', options, [jobOf(sleeper('86416.5', false), 'f(1)')]),
    );
    await until(async () => (await sleeping('86416.5')).length > 0);
    expect((await taggedWith(own)).length).toBeGreaterThan(0);
    parent.kill('SIGKILL');
    await once(parent, 'close');
    await until(async () => (await sleeping('86416.5')).length === 0 && (await taggedWith(own)).length === 0);
  });

  test('a server with rarer modules is started once several programs have wanted it', async () => {
    const own = randomUUID();
    const sandbox = openBubblewrapSandbox({ bwrapPath, slots: 1, ownerEnv: { CONTRACT_TAG: own } });
    const rare = jobOf('import statistics\ndef f(x):\n    return statistics.mean([x, x + 2])\n', 'assert f(1) == 2');
    await sandbox.run(RIGHT);
    const counts = [(await taggedWith(own)).length];
    for (let number = 1; number <= 6; number += 1) {
      expect(judge(await sandbox.run(rare))).toBe('pass');
      counts.push((await taggedWith(own)).length);
    }
    const [one = 0] = counts;
    expect(counts).toEqual([one, one, one, one, one, 2 * one, 2 * one]);
    await sandbox.close();
  });

  (canBeNobody ? test : test.skip)('works the same for an ordinary user', async () => {
    const jobs = [
      RIGHT,
      jobOf('def f(x):\n    return 0', 'assert f(1) == 2'),
      jobOf('def f(x):\n    while True: pass', 'f(1)', { limits: { cpuSeconds: 1 } }),
      jobOf('import os\ndef f(x):\n    while True: os.fork()', 'f(1)', { limits: { processes: 20 } }),
      jobOf('import os\ndef f(x):\n    for p in ("/x", "/dev/x", "/etc/x", "/runner/x"): open(p, "w")', 'f(1)'),
    ];
    const options = { bwrapPath, python: '/usr/bin/python3', slots: 2 };
    const { stdout } = await runAsNobody(sandboxScript('bubblewrap', options, jobs));
    const reports = JSON.parse(stdout) as TestReport[];
    expect(reports.map(judge)).toEqual(['pass', 'fail', 'fail', 'fail', 'fail']);
    expect(reports.map(({ endOfRun }) => endOfRun)).toEqual(['ok', 'exception', 'cpu-time', 'processes', 'exception']);
    expect(reports[4]?.exception?.type).toBe('OSError');
  });

  test('SandboxUnavailable, with the reason: a program whose wall breaks off half made', async () => {
    const sandbox = openBubblewrapSandbox({ bwrapPath, slots: 1 });
    const { limits } = RIGHT;
    await expect(sandbox.run({ ...RIGHT, limits: { ...limits, tmpBytes: -1 } })).rejects.toMatchObject({
      type: 'SandboxUnavailable',
      message: expect.stringContaining('mount /tmp'),
    });
    await sandbox.close();
  });

  test.each([
    ['bwrap is missing', { bwrapPath: '/nonexistent/bwrap' }, /ENOENT/],
    ['bwrap fails', { bwrapPath: '/bin/false' }, /exit code 1/],
    ['python is missing', { bwrapPath, python: '/nonexistent/python' }, /can't be run/],
    ['python is something else', { bwrapPath, python: '/bin/echo' }, /does not answer/],
  ])('SandboxUnavailable: %s', async (_, options, message) => {
    const sandbox = openBubblewrapSandbox({ slots: 1, ...options });
    const running = sandbox.run(RIGHT);
    await expect(running).rejects.toMatchObject({
      type: 'SandboxUnavailable',
      message: expect.stringMatching(message),
    });
    await sandbox.close();
  });
});
