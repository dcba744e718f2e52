import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { tableFromIPC } from 'apache-arrow';
import { readSegments } from '../../../infra/arrow/segments.js';
import { SCHEMA_VERSION } from '../../../infra/arrow/format.js';
import { ATTEMPTS, CELLS, type Columns, SINCE } from '../../../infra/arrow/schema.js';
import { packagePath } from '../../../infra/package-path.js';
import { copySegment } from './golden.js';
import { temporaryHomes } from '../store/home.js';

const newHome = temporaryHomes();
const TABLES = { cells: CELLS, attempts: ATTEMPTS } as const;
const page = readFileSync(packagePath('docs/results-schema.md'), 'utf8');

/** Name, type, null and first version of each row of a section's table. */
function documented(section: string): string[][] {
  const text = page.split(/^## /m).find((part) => part.startsWith(`\`${section}\``)) ?? '';
  const rows = text.split('\n').filter((line) => line.startsWith('| `'));
  return rows.map((row) => {
    const [, name = '', type = '', since = '', meaning = ''] = row.split('|').map((cell) => cell.trim());
    expect(meaning).not.toBe('');
    return [name.replaceAll('`', ''), type, since];
  });
}

function declared(table: keyof typeof TABLES): string[][] {
  const since: Readonly<Record<string, number>> = SINCE[table];
  return Object.entries(TABLES[table] as Columns).map(([name, kind]) => [
    name,
    kind.replace('?', ', null'),
    String(since[name] ?? 1),
  ]);
}

describe('docs/results-schema.md', () => {
  test.each(['cells', 'attempts'] as const)(
    'names type, null and version of each column of %s, in their order',
    (table) => {
      expect(documented(table)).toEqual(declared(table));
    },
  );

  test('names the version and every type', () => {
    expect(page).toContain(`\`aicodereval.schema_version\`, now \`${SCHEMA_VERSION}\``);
    const kinds = new Set([...Object.values(CELLS), ...Object.values(ATTEMPTS)].map((kind) => kind.replace('?', '')));
    for (const kind of kinds) expect(page).toContain(`| \`${kind}\``);
  });
});

describe.each([1, 2, 3, 4])('a segment of version %i, written by the code of its time,', (version) => {
  const folder = packagePath(`test/golden/arrow/v${version}`);

  test('still opens with the values that were written', async () => {
    const home = newHome();
    copySegment(home, version);
    const expected = JSON.parse(readFileSync(join(folder, 'results.json'), 'utf8')) as unknown;
    expect(await readSegments(home, 'old')).toEqual(expected);
  });

  test.each(['cells', 'attempts'] as const)('has the columns of %s that are said to be that old', (table) => {
    const { fields } = tableFromIPC(readFileSync(join(folder, `${table}-00000.arrow`))).schema;
    const old = declared(table).filter(([, , since]) => Number(since) <= version);
    expect(new Set(fields.map(({ name }) => name))).toEqual(new Set(old.map(([name]) => name)));
  });
});
