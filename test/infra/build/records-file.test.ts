import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { readRecordsFile } from '../../../infra/build/records-file.js';
import { packagePath } from '../../../infra/package-path.js';
import { sharedData } from '../../support/shared-data.js';

const folder = mkdtempSync(join(tmpdir(), 'records-'));
afterAll(() => rmSync(folder, { recursive: true }));

function write(...lines: readonly unknown[]): string {
  const file = join(folder, 'records.jsonl');
  writeFileSync(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  return file;
}

test('a name is enough; what else there is stays', async () => {
  const found = await readRecordsFile(
    write({ name: 'numpy.clip' }, { id: 'b', name: 'x', library: 'y', documentation: 'z' }),
  );
  expect(found).toEqual([
    {
      id: 'numpy.clip',
      name: 'numpy.clip',
      library: 'numpy',
      version: null,
      signature: null,
      documentation: null,
      domain: null,
      source: 'records.jsonl, line 1',
    },
    {
      id: 'b',
      name: 'x',
      library: 'y',
      version: null,
      signature: null,
      documentation: 'z',
      domain: null,
      source: 'records.jsonl, line 2',
    },
  ]);
});

test.each([
  ['a field that is not known', [{ name: 'a', docs: 'b' }], /line 1:.*"docs"/],
  ['no name', [{ id: 'a' }], /line 1: field "name"/],
  [
    'an id that stands twice',
    [{ name: 'a' }, { name: 'a' }],
    /line 2: field "id": "a" stands twice, first in .*line 1/,
  ],
])('%s is told with file, line and field', async (_, lines, words) => {
  await expect(readRecordsFile(write(...lines))).rejects.toMatchObject({
    exitCode: 2,
    message: expect.stringMatching(words),
  });
});

test('the example names what its answers are for', async () => {
  expect(await readRecordsFile(packagePath('examples/build-dataset/records.jsonl'))).toHaveLength(31);
});

const apibench = sharedData('aicodereval/apibench.jsonl.gz');
if (apibench !== null) {
  test('APIBench: every record, with what it says', async () => {
    const records = await readRecordsFile(apibench);
    expect(records).toHaveLength(1_726);
    expect(records.every(({ documentation }) => (documentation ?? '').length > 20)).toBe(true);
    expect(records[0]).toMatchObject({
      id: 'hf-0001',
      name: 'YituTech/conv-bert-base',
      signature: expect.stringContaining('from_pretrained'),
    });
  });
}
