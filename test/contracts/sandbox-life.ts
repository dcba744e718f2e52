import { readdir, readFile, readlink } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import { judge } from '../../domain/verdict.js';
import { jobOf, type Bench } from './sandbox-bench.js';

const RIGHT = 'def f(x):\n    return x + 1\n';
const TEST = 'assert f(1) == 2';

const PATIENCE_MS = 45_000;

/** Waits until a condition holds. Throws if it does not within 45 s. */
export async function until(holds: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error('what the test waits for never came');
    await delay(20);
  }
}

/** Ids of host processes that a `sleeper` has become. */
export async function sleeping(seconds: string): Promise<number[]> {
  const found: number[] = [];
  for (const name of await readdir('/proc')) {
    const line = await readFile(`/proc/${name}/cmdline`, 'latin1').catch(() => '');
    if (/^\d+$/.test(name) && line === `sleep\0${seconds}\0`) found.push(Number(name));
  }
  return found;
}

async function openDescriptors(): Promise<number> {
  return (await readdir('/proc/self/fd')).length;
}

/** The mounts that these processes see, but for those of container engines: others may start containers meanwhile. */
async function mounts(processes: readonly (string | number)[]): Promise<string[]> {
  const tables = await Promise.all(processes.map((name) => readFile(`/proc/${name}/mounts`, 'utf8')));
  return tables.map((table) => table.replaceAll(/^(overlay|nsfs) .*\n/gm, ''));
}

/** Programs that mark their processes by a number of seconds which nothing else sleeps for. */
export function sleeper(seconds: string, daemon: boolean): string {
  const away = 'if os.fork(): return x + 1\n    os.setsid()\n    if os.fork(): os._exit(0)\n    ';
  return `import os\ndef f(x):\n    ${daemon ? away : ''}os.execvp("sleep", ["sleep", "${seconds}"])\n`;
}

/** Beginnings, ends and accidents. */
export function lifeTests({ backend, sandbox, run }: Bench): void {
  describe('life', () => {
    test('a daemon that left its session is gone when the run is reported', async () => {
      const report = await run(sleeper('86411.5', true), TEST);
      expect(judge(report)).toBe('pass');
      expect(await sleeping('86411.5')).toEqual([]);
    });

    test('a report comes at once, whatever the program leaves running', async () => {
      const report = await run(
        'import threading, time\ndef f(x):\n    threading.Thread(target=time.sleep, args=(60,)).start()\n    return x + 1',
        TEST,
      );
      expect(judge(report)).toBe('pass');
      expect(report.wallMs).toBeLessThan(10_000);
    });

    test('an aborted program is killed, and the reason comes back', async () => {
      const abort = new AbortController();
      const running = run(sleeper('86412.5', false), TEST, { signal: abort.signal });
      await until(async () => (await sleeping('86412.5')).length > 0);
      abort.abort(new Error('cancelled by a test'));
      await expect(running).rejects.toThrow('cancelled by a test');
      expect(await sleeping('86412.5')).toEqual([]);
      expect(judge(await run(RIGHT, TEST))).toBe('pass');
    });

    test('a job that waits for a slot can be aborted', async () => {
      const own = backend.open(1);
      const [first, second] = [new AbortController(), new AbortController()];
      const running = own.run(jobOf(sleeper('86413.5', false), TEST), first.signal);
      await until(async () => (await sleeping('86413.5')).length > 0);
      const waiting = own.run(jobOf(RIGHT, TEST), second.signal);
      const next = own.run(jobOf(RIGHT, TEST));
      second.abort(new Error('not wanted any more'));
      await expect(waiting).rejects.toThrow('not wanted any more');
      first.abort(new Error('enough'));
      await expect(running).rejects.toThrow('enough');
      expect(judge(await next)).toBe('pass');
      await expect(own.run(jobOf(RIGHT, TEST), AbortSignal.abort(new Error('too late')))).rejects.toThrow('too late');
      await own.close();
    });

    test('a runner killed in the middle is SandboxLost, and the next job works', async () => {
      const own = backend.open(1);
      const before = await backend.walls();
      const running = own.run(jobOf(sleeper('86414.5', false), TEST));
      await until(async () => (await sleeping('86414.5')).length > 0);
      for (const pid of await backend.walls()) if (!before.includes(pid)) process.kill(pid, 'SIGKILL');
      await expect(running).rejects.toMatchObject({ name: 'Failure', type: 'SandboxLost' });
      await until(async () => (await sleeping('86414.5')).length === 0);
      expect(judge(await own.run(jobOf(RIGHT, TEST)))).toBe('pass');
      await own.close();
    });

    test('close ends what runs and waits, and leaves nothing', async () => {
      const before = await backend.walls();
      const own = backend.open(1);
      const running = own.run(jobOf(sleeper('86415.5', false), TEST));
      const waiting = own.run(jobOf(RIGHT, TEST));
      const ends = Promise.allSettled([running, waiting]);
      await until(async () => (await sleeping('86415.5')).length > 0);
      await own.close();
      for (const end of await ends) expect(end).toMatchObject({ status: 'rejected', reason: { type: 'SandboxLost' } });
      await until(async () => (await sleeping('86415.5')).length === 0);
      await until(async () => (await backend.walls()).every((pid) => before.includes(pid)));
      await expect(own.run(jobOf(RIGHT, TEST))).rejects.toMatchObject({ type: 'SandboxLost' });
      await own.close();
    });

    test('a sandbox that was never used closes', async () => {
      await backend.open(2).close();
    });

    test('200 programs leave descriptors, processes and mounts as they were', async () => {
      await run(RIGHT, TEST);
      const state = async (): Promise<unknown> => ({
        walls: (await backend.walls()).length,
        mounts: await mounts(['self', ...(await backend.walls())]),
        namespaces: await readlink('/proc/self/ns/mnt'),
      });
      await Promise.all([run(RIGHT, TEST), run(RIGHT, TEST)]);
      const [before, descriptors] = [await state(), await openDescriptors()];
      const wrong = 'import os\ndef f(x):\n    os.fork()\n    return 0\n';
      const jobs = Array.from({ length: 200 }, (_, i) => sandbox().run(jobOf(i % 10 === 0 ? wrong : RIGHT, TEST)));
      const verdicts = (await Promise.all(jobs)).map(judge);
      expect(verdicts.filter((verdict) => verdict === 'pass')).toHaveLength(180);
      expect(verdicts.filter((verdict) => verdict === 'fail')).toHaveLength(20);
      expect(await state()).toEqual(before);
      // Idle connections to a container engine are closed a few seconds later.
      await until(async () => (await openDescriptors()) <= descriptors);
    });
  });
}
