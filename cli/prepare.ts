import type { Backend } from '../domain/sweep.js';
import { findEnvironment, imageOf } from '../infra/environments/environment.js';
import { ensureEnvironment, interpreterOf } from '../infra/environments/provision.js';
import { describeDocker } from '../infra/sandbox/docker.js';
import { ensureTool } from '../infra/tools/tool.js';
import type { CommandContext } from './context.js';
import { demandWalls } from './demand-walls.js';

/**
 * Fetches what this machine's server and sandboxes would otherwise fetch without anybody seeing it, and tries the sandbox. Throws
 * `UserError` (exit 3) for what can't be had.
 */
export async function prepareMachine(
  { backend, environments }: { readonly backend: Backend; readonly environments: Iterable<string> },
  { config, onProgress, say }: CommandContext,
): Promise<void> {
  const { home, env } = config;
  await ensureTool('temporal', { home, env, onProgress });
  if (backend === 'local') await ensureTool('bwrap', { home, env, onProgress });
  for (const name of environments) {
    const environment = await findEnvironment(name);
    if (backend === 'docker') await describeDocker(imageOf(environment, config.docker.image));
    else if (interpreterOf(environment, home) === null) {
      say(`Building the environment ${name} (${environment.disk ?? 'nothing'} on disk) ...`);
      await ensureEnvironment(environment, { home, env, onProgress });
    }
  }
  await demandWalls(backend, config);
}
