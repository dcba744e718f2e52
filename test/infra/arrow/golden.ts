import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { packagePath } from '../../../infra/package-path.js';

/** Puts the segment of sweep "old" that this schema version's own code wrote into a home; `results.json` beside it is what it holds. */
export function copySegment(home: string, version: number): void {
  cpSync(packagePath(`test/golden/arrow/v${version}`), join(home, 'sweeps', 'old'), { recursive: true });
}
