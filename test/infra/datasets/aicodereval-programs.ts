import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from '@jest/globals';
import { headerOf, type SectionName } from '../../../domain/aicodereval-sections.js';
import { aicodereval } from '../../../infra/datasets/aicodereval.js';
import type { LoadedSuite } from '../../../infra/datasets/dataset.js';

/** Gone when the tests are through. */
export const folder = await mkdtemp(join(tmpdir(), 'aicodereval-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Sections of a program, without their headers. */
export type Parts = Partial<Record<SectionName, string>>;
export const PARTS: Parts = {
  requirements_file: 'import subprocess\n\nrequirements = ["json"]',
  function_import: 'import math',
  function_code: 'def half(x):\n    """Half of a number."""\n    return x / 2',
  test_function_code: [
    'def test_half():',
    '    print("Testing started.")',
    '    # print("Testing case [1/9] started.")',
    '    """Testing case [1/8] started."""',
    '    print("Testing case [1/2] started.")',
    '    assert half(2) == 1, "Test case [1/2] failed"',
    '    print(f"Testing case [2/2] started: zero")',
    '    assert half(0) == 0',
    '    print("Testing finished.")',
  ].join('\n'),
  call_test_function_line: 'test_half()',
};

/** A program that can be used, but for some of its sections. */
export const program = (parts: Parts) =>
  Object.entries({ ...PARTS, ...parts })
    .map(([name, text]) => `${headerOf(name as SectionName)}\n\n${text}\n`)
    .join('\n\n');

let files = 0;
/** The suite of a file with that content. */
export async function load(content: string | Uint8Array, ending = '.jsonl'): Promise<LoadedSuite> {
  const file = join(folder, `${(files += 1)}${ending}`);
  await writeFile(file, content);
  return aicodereval.load({ home: folder, file });
}
