import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { findSuite } from '../infra/datasets/registry.js';
import { checkModel } from '../infra/models/registry.js';
import { packagePath } from '../infra/package-path.js';
import { parseSweepFile } from '../infra/parse/sweep-file.js';

const FOLDER = packagePath('examples');
const FILES = readdirSync(FOLDER).filter((name) => name.endsWith('.yaml'));

/** The YAML blocks of a page that are whole sweep files. */
function sweepsOf(page: string): string[] {
  const text = readFileSync(packagePath(page), 'utf8');
  return [...text.matchAll(/```yaml\n([^]*?)```/g)]
    .map(([, block = '']) => block)
    .filter((block) => /^name:/m.test(block));
}

describe('examples', () => {
  test('there are some', () => expect(FILES.length).toBeGreaterThanOrEqual(3));

  test.each(FILES)('%s is a sweep of suites and models that exist, named as its file', (name) => {
    const sweep = parseSweepFile(readFileSync(join(FOLDER, name), 'utf8'), name);
    expect(`${sweep.name}.yaml`).toBe(name);
    for (const { id } of sweep.suites) expect(findSuite(id).id).toBe(id);
    for (const model of sweep.models) expect(checkModel(model, { OPENAI_API_KEY: 'set' })).toBeNull();
  });

  test('the sweep files that docs/sweep-file.md shows are valid', () => {
    const sweeps = sweepsOf('docs/sweep-file.md');
    expect(sweeps.length).toBeGreaterThanOrEqual(1);
    for (const text of sweeps) expect(() => parseSweepFile(text, 'docs/sweep-file.md')).not.toThrow();
  });
});
