import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { packagePath } from '../infra/package-path.js';

const ROOT = packagePath('.');
const FOLDERS = ['domain', 'workflows', 'activities', 'workers', 'infra', 'report', 'cli', 'bench'] as const;
type Folder = (typeof FOLDERS)[number];

/** What each folder may import besides itself. `types` may be imported with `import type` alone. */
const ALLOWED: Record<Folder, { values: readonly string[]; types: readonly string[] }> = {
  domain: { values: [], types: [] },
  workflows: { values: ['domain'], types: ['activities'] },
  report: { values: ['domain'], types: [] },
  infra: { values: ['domain'], types: [] },
  activities: { values: ['domain', 'infra', 'report'], types: [] },
  workers: { values: ['domain', 'infra', 'activities', 'workflows', 'report'], types: [] },
  cli: { values: ['domain', 'infra', 'report', 'workers'], types: ['workflows'] },
  bench: { values: ['domain', 'infra', 'report', 'cli', 'workers', 'test'], types: ['workflows'] },
};

function sources(folder: string, ending: RegExp): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => ending.test(name))
    .map((name) => join(folder, name));
}

/** Folders that a file imports from, values and types apart. Bare names are packages, "node:" is Node's own. */
function imports(file: string): { target: string; isType: boolean }[] {
  const text = readFileSync(join(ROOT, file), 'utf8');
  return [...text.matchAll(/^(?:import|export)\s(?<kind>type\s)?[^;]*?from '(?<target>[^']+)'/gms)].map(
    ({ groups }) => {
      const target = groups?.['target'] ?? '';
      const isLocal = target.startsWith('.');
      const folder = relative(ROOT, normalize(join(ROOT, dirname(file), target))).split('/')[0] ?? '';
      return { target: isLocal ? folder : target, isType: groups?.['kind'] !== undefined };
    },
  );
}

describe.each(FOLDERS)('%s', (folder) => {
  const files = sources(folder, /\.ts$/);

  test('has files', () => expect(files.length).toBeGreaterThan(0));

  test('imports only what its place in the house allows', () => {
    const { values, types } = ALLOWED[folder];
    const wrong = files.flatMap((file) =>
      imports(file)
        .filter(({ target }) => (FOLDERS as readonly string[]).includes(target) && target !== folder)
        .filter(({ target, isType }) => !values.includes(target) && !(isType && types.includes(target)))
        .map(({ target }) => `${file} imports ${target}`),
    );
    expect(wrong).toEqual([]);
  });
});

test('domain imports nothing but itself', () => {
  const foreign = sources('domain', /\.ts$/).flatMap((file) =>
    imports(file)
      .filter(({ target }) => target !== 'domain')
      .map(({ target }) => `${file} imports ${target}`),
  );
  expect(foreign).toEqual([]);
});

test('workflows import no Node built-in and no schema library', () => {
  const foreign = sources('workflows', /\.ts$/).flatMap((file) =>
    imports(file)
      .filter(({ target }) => target.startsWith('node:') || target === 'zod')
      .map(({ target }) => `${file} imports ${target}`),
  );
  expect(foreign).toEqual([]);
});

test.each([
  ['dockerode', 'infra/sandbox'],
  ['apache-arrow', 'infra/arrow'],
  ['commander', 'cli'],
])('%s is imported in %s alone', (library, place) => {
  const wrong = FOLDERS.flatMap((folder) => sources(folder, /\.ts$/))
    .filter((file) => !file.startsWith(place))
    .filter((file) => imports(file).some(({ target }) => target === library));
  expect(wrong).toEqual([]);
});

test('no source file is longer than 250 lines', () => {
  const long = [...FOLDERS, 'test']
    .flatMap((folder) => sources(folder, /\.(ts|py)$/))
    .map((file) => ({ file, lines: readFileSync(join(ROOT, file), 'utf8').split('\n').length - 1 }))
    .filter(({ lines }) => lines > 250);
  expect(long).toEqual([]);
});

test('process.env is read in infra/config.ts alone', () => {
  const readers = FOLDERS.filter((folder) => folder !== 'bench')
    .flatMap((folder) => sources(folder, /\.ts$/))
    .filter((file) => readFileSync(join(ROOT, file), 'utf8').includes('process.env'));
  expect(readers.filter((file) => file !== 'infra/config.ts')).toEqual([]);
});
