import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { packagePath } from '../../infra/package-path.js';

/** Where data lies that the project does not ship; null, said once, in a clone without it. */
export function sharedData(folder: string): string | null {
  const path = join(packagePath('../shared/data'), folder);
  if (existsSync(path)) return path;
  process.stderr.write(`Skipped: this clone has no ${path}.\n`);
  return null;
}
