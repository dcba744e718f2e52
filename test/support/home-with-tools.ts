import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from '@jest/globals';
import { ensureTool } from '../../infra/tools/tool.js';
import { sharedHome } from './embedded-home.js';

/** Where the test homes find the server and the sandbox's wall, fetched once for this machine. */
export async function sharedTools(): Promise<string> {
  const home = sharedHome();
  await ensureTool('temporal', { home });
  await ensureTool('bwrap', { home });
  const tools = join(home, 'tools');
  mkdirSync(tools, { recursive: true });
  return tools;
}

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
