import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parseAiCoderEval } from '../infra/datasets/aicodereval-format.js';
import { findSuite } from '../infra/datasets/registry.js';
import { checkModel } from '../infra/models/registry.js';
import { packagePath } from '../infra/package-path.js';
import { parseSweepFile } from '../infra/parse/sweep-file.js';

const FOLDER = packagePath('examples');
const FILES = readdirSync(FOLDER).filter((name) => name.endsWith('.yaml'));

/** The code blocks of a page in one language. */
function blocksOf(page: string, language: string): string[] {
  const text = readFileSync(packagePath(page), 'utf8');
  return [...text.matchAll(/```(\w+)\n([^]*?)```/g)].flatMap(([, name, block]) =>
    name === language ? (block ?? []) : [],
  );
}

/** A whole sweep file of a block that shows some of its fields. */
function completed(block: string): string {
  const fields = [
    'name: page',
    'suites: [{ id: starter }]',
    'models: [{ id: "replay:x" }]',
    'strategies: [{ id: direct }]',
  ];
  const missing = fields.filter((line) => !`\n${block}`.includes(`\n${line.slice(0, line.indexOf(':') + 1)}`));
  return [block, ...missing].join('\n');
}

describe('examples', () => {
  test('there are some', () => expect(FILES.length).toBeGreaterThanOrEqual(3));

  test.each(FILES)('%s is a sweep of suites and models that exist, named as its file', (name) => {
    const sweep = parseSweepFile(readFileSync(join(FOLDER, name), 'utf8'), name);
    expect(`${sweep.name}.yaml`).toBe(name);
    for (const { id } of sweep.suites) expect(findSuite(id).id).toBe(id);
    const keys = { OPENAI_API_KEY: 'set', ANTHROPIC_API_KEY: 'set', GEMINI_API_KEY: 'set' };
    for (const model of sweep.models) expect(checkModel(model, keys)).toBeNull();
  });

  test.each([
    ['docs/sweep-file.md', 3],
    ['docs/models.md', 2],
  ])('what %s shows is valid', (page, least) => {
    const blocks = blocksOf(page, 'yaml');
    expect(blocks.length).toBeGreaterThanOrEqual(least);
    for (const block of blocks) expect(() => parseSweepFile(completed(block), page)).not.toThrow();
  });

  test('the program that docs/suites.md shows is one of the format', () => {
    const [program = ''] = blocksOf('docs/suites.md', 'python');
    const { entryPoint, cases, requirements } = parseAiCoderEval(program, 'docs/suites.md');
    expect({ entryPoint, cases, requirements }).toEqual({ entryPoint: 'mean', cases: 2, requirements: ['numpy'] });
  });
});
