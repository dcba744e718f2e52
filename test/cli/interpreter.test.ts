import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { runCli } from '../support/cli.js';
import { homesWithTools } from '../support/home-with-tools.js';
import { writeTasks } from '../support/sweep-files.js';

const newHome = homesWithTools();

/** A PATH whose python3 is the machine's own, but says that it is Python 3.99. */
function upgraded(home: string): Record<string, string> {
  const folder = join(home, 'upgraded');
  const python = execFileSync('python3', ['-c', 'import sys; print(sys.executable)'], { encoding: 'utf8' }).trim();
  const lie = `"${python}" "$@" | sed 's/"version": \\[3, [0-9]*\\]/"version": [3, 99]/'`;
  const script = `#!/bin/sh\ncase "$3" in *version_info*) ${lie} ;; *) exec "${python}" "$@" ;; esac\n`;
  mkdirSync(folder);
  writeFileSync(join(folder, 'python3'), script, { mode: 0o755 });
  return { PATH: `${folder}:${process.env['PATH'] ?? ''}` };
}

test('what was found with one Python is not taken for what another would do', async () => {
  const home = await newHome();
  const tasks = writeTasks(home, 1);
  const samples = join(home, 'samples.jsonl');
  writeFileSync(samples, JSON.stringify({ task_id: 'sum/0', solution: 'def add(a, b):\n    return a + b\n' }));
  const suite = ['--suite', 'humaneval', '--tasks', tasks, '--home', home];
  const grade = async (env = {}): Promise<unknown> => {
    const { stdout, stderr } = await runCli(['grade', ...suite, '--samples', samples, '--json'], { env });
    if (stdout === '') throw new Error(stderr);
    return JSON.parse(stdout);
  };
  const validate = async (env = {}): Promise<string> =>
    (await runCli(['validate', ...suite, '--mutants', '0'], { env })).stderr;
  const ran = { cached: 0, programs_per_second: expect.any(Number), 'pass@1': { value: 1 } };
  const env = upgraded(home);

  expect(await grade()).toMatchObject(ran);
  expect(await grade(env)).toMatchObject(ran);
  expect(await grade()).toMatchObject({ programs_per_second: null });

  expect(await validate()).not.toContain('run before');
  expect(await validate(env)).not.toContain('run before');
  expect(await validate()).toContain('run before');
}, 240_000);
