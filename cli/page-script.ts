import { readFile } from 'node:fs/promises';
import { packagePath } from '../infra/package-path.js';

/** Where the build leaves the script that draws a report's page. */
export const PAGE_SCRIPT = 'dist/report-page.js';

/** The script that draws a report's page: one text, which imports nothing. */
export function readPageScript(): Promise<string> {
  return readFile(packagePath(PAGE_SCRIPT), 'utf8');
}
