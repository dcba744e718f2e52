import { findEnvironment } from '../../infra/environments/environment.js';
import { ensureEnvironment } from '../../infra/environments/provision.js';
import { type BubblewrapOptions, openBubblewrapSandbox } from '../../infra/sandbox/bubblewrap.js';
import type { Sandbox } from '../../infra/sandbox/sandbox.js';
import { ensureTool } from '../../infra/tools/tool.js';
import { sharedHome } from './embedded-home.js';

/** A sandbox of one slot with an environment's packages and warm imports; the environment is built if it is not there. */
export async function openLibrarySandbox(
  name: string,
  options: Partial<Pick<BubblewrapOptions, 'slots' | 'variables'>> = {},
): Promise<Sandbox> {
  const ctx = { home: sharedHome() };
  const environment = await findEnvironment(name);
  const { importSets, variables } = environment;
  const python = await ensureEnvironment(environment, ctx);
  const bwrapPath = await ensureTool('bwrap', ctx);
  return openBubblewrapSandbox({ bwrapPath, python, slots: 1, importSets, variables, ...options });
}
