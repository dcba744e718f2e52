import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from '@jest/globals';
import { sharedTools } from './shared-tools.js';

/** Makes new home folders with the tools in place; they are removed when the file's tests are over. */
export function homesWithTools(): () => Promise<string> {
  const folders: string[] = [];
  afterAll(() => {
    for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  });
  return async () => {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), 'aicodereval-home-')));
    folders.push(folder);
    const home = join(folder, 'home');
    mkdirSync(home);
    symlinkSync(await sharedTools(), join(home, 'tools'));
    return home;
  };
}
