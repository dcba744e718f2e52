import { expect, test } from '@jest/globals';
import { progressBar } from '../../../infra/tools/progress-bar.js';

function shown(isTTY: boolean, steps: readonly number[], total: number | null): string[] {
  const written: string[] = [];
  const show = progressBar({ isTTY, write: (text) => written.push(text) });
  for (const done of steps) show({ what: 'file', done, total });
  return written;
}

const everyPercent = Array.from({ length: 101 }, (_, percent) => percent * 1e6);

test('a line for every 10 % where nobody watches', () => {
  const lines = shown(false, everyPercent, 100e6);
  expect(lines).toHaveLength(11);
  expect(lines[5]).toBe('file  50 % of 100 MB\n');
});

test('a bar that redraws itself on a terminal and ends with a line feed', () => {
  const lines = shown(true, everyPercent, 100e6);
  expect(lines).toHaveLength(101);
  expect(lines[50]).toBe('\r\u001B[2Kfile  50 % of 100 MB [============            ]');
  expect(lines[100]?.endsWith('[========================]\n')).toBe(true);
});

test('the same state is shown once', () => {
  expect(shown(true, [5e6, 5e6, 5e6], 100e6)).toHaveLength(1);
});

test('an unknown size is counted in megabytes', () => {
  expect(shown(false, [0, 4e6, 11e6], null)).toEqual(['file 0.0 MB\n', 'file 11 MB\n']);
});
