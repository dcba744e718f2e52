import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
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
