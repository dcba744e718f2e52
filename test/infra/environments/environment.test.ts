import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { dockerfileOf } from '../../../infra/environments/dockerfile.js';
import { findEnvironment, imageOf, listEnvironments } from '../../../infra/environments/environment.js';
import { ensureEnvironment, verifyEnvironment } from '../../../infra/environments/provision.js';
import { parseEnvironmentFile } from '../../../infra/parse/environment-file.js';
import { sharedHome } from '../../support/embedded-home.js';
import { homesWithTools } from '../../support/home-with-tools.js';

const newHome = homesWithTools();

test('every environment that ships is locked: each package with a version and hashes, each import set with modules', async () => {
  const all = await listEnvironments();
  expect(all.map(({ name }) => name)).toEqual(['base', 'bigcodebench', 'data', 'ml']);
  for (const { name, lock, importSets } of all.filter((environment) => environment.name !== 'base')) {
    const entries = (lock ?? '').split(/\n(?=\S)/);
    expect(entries.length).toBeGreaterThan(10);
    for (const entry of entries) expect(entry).toMatch(/^[\w.-]+==\S+[^]*--hash=sha256:[0-9a-f]{64}/);
    for (const set of importSets) expect({ name, modules: set.modules.length > 0 }).toEqual({ name, modules: true });
  }
  expect(new Set(all.map(({ digest }) => digest)).size).toBe(4);
});

test.each([
  ['description = "x"\npython = 3', 'field python'],
  ['description = "x"\npython = "3.11"\ncolour = "red"', 'colour'],
  ['description = ', 'TOML'],
])('a broken file is told with its place: %j', (text, place) => {
  expect(() => parseEnvironmentFile(text, 'mine.toml')).toThrow(/mine\.toml/);
  expect(() => parseEnvironmentFile(text, 'mine.toml')).toThrow(new RegExp(place));
});

test('an unknown name is told with those that there are', async () => {
  await expect(findEnvironment('nope')).rejects.toMatchObject({ exitCode: 2, hint: expect.stringContaining('base') });
});

test('the environment data is built as its lock says, and found again without being built', async () => {
  const environment = await findEnvironment('data');
  const ctx = { home: sharedHome() };
  const python = await ensureEnvironment(environment, ctx);
  expect(await verifyEnvironment(environment, ctx)).toEqual([]);
  expect(await ensureEnvironment(environment, { ...ctx, env: { PATH: '/nowhere' } })).toBe(python);
}, 300_000);

test('a build that finds no index leaves nothing, and says what it needs', async () => {
  const home = await newHome();
  const env = { ...process.env, UV_DEFAULT_INDEX: 'http://127.0.0.1:9/simple', UV_NO_CACHE: '1' };
  const building = ensureEnvironment(await findEnvironment('data'), { home, env });
  await expect(building).rejects.toMatchObject({ exitCode: 3, hint: expect.stringContaining('UV_DEFAULT_INDEX') });
  const left = existsSync(join(home, 'environments')) ? readdirSync(join(home, 'environments')) : [];
  expect(left).toEqual([]);
}, 120_000);

test('an environment’s image is named after its digest and made of its lock', async () => {
  const data = await findEnvironment('data');
  expect(imageOf(data, 'mine/base')).toBe(`aicodereval/data:${data.digest}`);
  expect(dockerfileOf(data)).toMatch(
    /^FROM python:3\.11-slim[^]*--hash=sha256:[^]*\nLOCK\nRUN pip install .*--require-hashes/,
  );
  const base = await findEnvironment('base');
  expect(imageOf(base, 'mine/base')).toBe('mine/base');
  expect(dockerfileOf(base)).not.toContain('pip');
});
