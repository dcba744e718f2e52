import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import type { Environment } from '../../../infra/environments/environment.js';
import { ensureEnvironment, verifyEnvironment } from '../../../infra/environments/provision.js';
import type { ToolContext } from '../../../infra/tools/install.js';
import { temporaryHomes } from '../store/home.js';

const newHome = temporaryHomes();
const LOCK = [
  'here==1.0 \\',
  '    --hash=sha256:0',
  "also-here==2.1 ; python_full_version >= '3.9' and sys_platform == 'linux' \\",
  '    --hash=sha256:1',
  "elsewhere==3.0 ; sys_platform == 'win32' or (python_full_version < '3.9' and sys_platform == 'linux') \\",
  '    --hash=sha256:2',
  "new==4.0 ; python_version >= '3.10'",
].join('\n');
const ENVIRONMENT: Environment = {
  name: 'own',
  description: '',
  python: '3.11',
  disk: null,
  lock: LOCK,
  variables: {},
  importSets: [],
  digest: 'abc',
};

/** A home, and a uv that makes of an environment a link to this machine's Python; `meanwhile` is done after its packages. */
function bench(meanwhile = ''): { ctx: ToolContext; environments: string; freeze: (...lines: string[]) => void } {
  const home = newHome();
  const [bin, environments] = [join(home, 'bin'), join(home, 'environments')];
  mkdirSync(bin);
  writeFileSync(
    join(bin, 'uv'),
    [
      '#!/bin/sh',
      'for last; do :; done',
      'case "$1 $2" in',
      '"--version ") echo uv 0.9.0;;',
      'venv*) mkdir -p "$last/bin" && ln -s "$(command -v python3)" "$last/bin/python";;',
      `"pip sync") touch "\${last%/*}/whole"; ${meanwhile || ':'};;`,
      `"pip freeze") cat "${home}/freeze";;`,
      'esac',
    ].join('\n'),
    { mode: 0o755 },
  );
  const ctx = { home, env: { ...process.env, PATH: `${bin}:${process.env['PATH']}` } };
  return { ctx, environments, freeze: (...lines) => writeFileSync(join(home, 'freeze'), lines.join('\n')) };
}

test('a package that is missing is told, and none that belongs to another machine or Python', async () => {
  const { ctx, freeze } = bench();
  await ensureEnvironment(ENVIRONMENT, ctx);
  freeze('here==1.0', 'also-here==2.1', 'new==4.0');
  expect(await verifyEnvironment(ENVIRONMENT, ctx)).toEqual([]);
  freeze('here==1.0', 'new==4.1');
  expect(await verifyEnvironment(ENVIRONMENT, ctx)).toEqual([
    'also-here==2.1 is missing',
    'new==4.0 is missing',
    'new==4.1 is not in the lock',
  ]);
});

test('what another machine has put in place meanwhile stays, and nothing is left beside it', async () => {
  const home = '"${last%/*}/../own-abc"';
  const { ctx, environments } = bench(`mkdir -p ${home}/bin; touch ${home}/first`);
  expect(await ensureEnvironment(ENVIRONMENT, ctx)).toBe(join(environments, 'own-abc', 'bin', 'python'));
  expect(readdirSync(environments)).toEqual(['own-abc']);
  expect(readdirSync(join(environments, 'own-abc'))).toEqual(['bin', 'first']);
});

test('what a killed build left is removed by the next; the build of another machine is not touched', async () => {
  const { ctx, environments } = bench();
  const host = hostname().replaceAll(/[^A-Za-z0-9-]/g, '-');
  const ended = spawnSync(process.execPath, ['-e', '']).pid;
  const [dead, other] = [`${host}-${ended}`, 'other-1'].map(
    (owner) => `.own-abc.${owner}-0123abcd-0000-4000-8000-000000000000.tmp`,
  ) as [string, string];
  for (const name of [dead, other]) mkdirSync(join(environments, name, 'bin'), { recursive: true });
  await ensureEnvironment(ENVIRONMENT, ctx);
  expect(readdirSync(environments).toSorted()).toEqual([other, 'own-abc']);
});

test('a build that fails leaves nothing', async () => {
  const { ctx, environments } = bench('exit 1');
  await expect(ensureEnvironment(ENVIRONMENT, ctx)).rejects.toMatchObject({ exitCode: 3 });
  expect(readdirSync(environments)).toEqual([]);
});
