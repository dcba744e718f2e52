import { execFile, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import type { TestReport } from '../../../domain/test-report.js';
import { judge } from '../../../domain/verdict.js';
import { openBubblewrapSandbox } from '../../../infra/sandbox/bubblewrap.js';
import { packagePath } from '../../../infra/package-path.js';
import { ensureTool } from '../../../infra/tools/tool.js';
import { jobOf } from '../../contracts/sandbox-bench.js';
import { sandboxContract } from '../../contracts/sandbox-contract.js';
import { sleeper, sleeping, until } from '../../contracts/sandbox-life.js';
import { sharedHome } from '../../support/embedded-home.js';

const execute = promisify(execFile);
const NOBODY = ['--reuid=65534', '--regid=65534', '--clear-groups'];
const tag = randomUUID();
const bwrapPath = await ensureTool('bwrap', { home: sharedHome(), env: process.env });
const RIGHT = jobOf('def f(x):\n    return x + 1\n', 'assert f(1) == 2');

const probe = 'test -r "$0" && exec /usr/bin/python3 -c "import sys; sys.exit(sys.version_info < (3, 10))"';
const canTry = await execute('setpriv', [...NOBODY, 'sh', '-c', probe, packagePath('dist/infra')]).then(
  () => true,
  () => false,
);

/** Opens a sandbox from the compiled package, runs the jobs it is given and prints their reports. */
const SCRIPT = `
const [path, options, jobs] = process.argv.slice(1);
const { openBubblewrapSandbox } = await import(path);
const sandbox = openBubblewrapSandbox(JSON.parse(options));
console.log(JSON.stringify(await Promise.all(JSON.parse(jobs).map((job) => sandbox.run(job)))));
await sandbox.close();
`;

function scriptArgs(options: object, jobs: readonly object[]): string[] {
  const path = packagePath('dist/infra/sandbox/bubblewrap.js');
  return ['--input-type=module', '-e', SCRIPT, path, JSON.stringify(options), JSON.stringify(jobs)];
}

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
    const parent = spawn(process.execPath, scriptArgs(options, [jobOf(sleeper('86416.5', false), 'f(1)')]));
    await until(async () => (await sleeping('86416.5')).length > 0);
    expect((await taggedWith(own)).length).toBeGreaterThan(0);
    parent.kill('SIGKILL');
    await once(parent, 'close');
    await until(async () => (await sleeping('86416.5')).length === 0 && (await taggedWith(own)).length === 0);
  });

  // Root tries it as "nobody", who must be able to read this folder; others ran the whole contract as themselves.
  (canTry ? test : test.skip)('works the same for an ordinary user', async () => {
    const jobs = [
      RIGHT,
      jobOf('def f(x):\n    return 0', 'assert f(1) == 2'),
      jobOf('def f(x):\n    while True: pass', 'f(1)', { limits: { cpuSeconds: 1 } }),
      jobOf('import os\ndef f(x):\n    while True: os.fork()', 'f(1)', { limits: { processes: 20 } }),
      jobOf('import os\ndef f(x):\n    for p in ("/x", "/dev/x", "/etc/x", "/runner/x"): open(p, "w")', 'f(1)'),
    ];
    const options = { bwrapPath, python: '/usr/bin/python3', slots: 2 };
    const { stdout } = await execute('setpriv', [...NOBODY, process.execPath, ...scriptArgs(options, jobs)], {
      cwd: '/',
    });
    const reports = JSON.parse(stdout) as TestReport[];
    expect(reports.map(judge)).toEqual(['pass', 'fail', 'fail', 'fail', 'fail']);
    expect(reports.map(({ endOfRun }) => endOfRun)).toEqual(['ok', 'exception', 'cpu-time', 'processes', 'exception']);
    expect(reports[4]?.exception?.type).toBe('OSError');
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
