import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { ATTEMPTS, CELLS } from '../../../infra/arrow/schema.js';
import { packagePath } from '../../../infra/package-path.js';

/** Names in the first column of a page's tables. */
function documented(page: string): string[] {
  const rows = page.split('\n').filter((line) => line.startsWith('| `'));
  return rows.flatMap((row) =>
    [...(row.split('|')[1] ?? '').matchAll(/`([a-z0-9_]+)`/g)].map((match) => match[1] ?? ''),
  );
}

test('docs/results-schema.md explains exactly the columns of the two tables', () => {
  const page = readFileSync(packagePath('docs/results-schema.md'), 'utf8');
  const sections = page.split(/^## /m);
  const [cells = '', attempts = ''] = ['`cells`', '`attempts`'].map((name) =>
    sections.find((text) => text.startsWith(name)),
  );
  expect(documented(cells).sort()).toEqual(Object.keys(CELLS).sort());
  const identity = ['cell_id', 'suite', 'task_id', 'domain', 'libraries', 'model', 'strategy', 'feedback'];
  expect([...documented(attempts), ...identity].sort()).toEqual(Object.keys(ATTEMPTS).sort());
});
