import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from '@jest/globals';

/** A function that makes empty home folders, each removed after the test that asked for it. */
export function temporaryHomes(): () => string {
  const made: string[] = [];
  afterEach(() => {
    for (const home of made.splice(0)) rmSync(home, { recursive: true, force: true });
  });
  return () => {
    const home = mkdtempSync(join(tmpdir(), 'aicodereval-home-'));
    made.push(home);
    return home;
  };
}
