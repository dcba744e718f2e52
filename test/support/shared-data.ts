import { existsSync } from 'node:fs';
import { test } from '@jest/globals';
import { packagePath } from '../../infra/package-path.js';

/**
 * Path of a file of the data that lies beside the project (`../shared/data`); null in a clone without it, where a skipped
 * test says what was left out.
 */
export function sharedData(path: string): string | null {
  const found = packagePath(`../shared/data/${path}`);
  if (existsSync(found)) return found;
  // oxlint-disable-next-line jest/no-disabled-tests -- says what a clone without the data leaves out
  test.skip(`SKIPPED: ../shared/data/${path} is not there`, () => undefined);
  return null;
}
