import type { Backend } from '../domain/sweep.js';
import type { Config } from '../infra/config.js';
import { UserError } from '../infra/errors.js';
import { namespaceObstacle } from '../infra/sandbox/namespaces.js';
import { probeSandbox } from '../infra/sandbox/probe.js';
import { Sandboxes } from '../workers/sandboxes.js';
import type { CommandContext } from './context.js';

/**
 * Runs a program behind all walls of a backend: settings alone do not tell whether they can be built. Throws a `UserError`
 * (exit 3) where that fails, with what is likely in the way: a sweep would find out at each of its cells.
 */
export async function demandWalls(backend: Backend, config: Config): Promise<void> {
  const sandboxes = await Sandboxes.open(config, 1);
  try {
    await probeSandbox(await sandboxes.get({ environment: 'base', digest: '', backend }));
  } catch (cause) {
    const said = cause instanceof Error ? cause.message : String(cause);
    const obstacle = await namespaceObstacle();
    throw new UserError(`Programs can't be walled in on this machine: ${said}.`, {
      hint: `${obstacle === null ? '' : `Perhaps ${obstacle}. `}docs/sandbox.md says what is needed; "aicodereval doctor" tries it again.`,
      exitCode: 3,
    });
  } finally {
    await sandboxes.close();
  }
}

/**
 * For workers, which are sent programs of either backend and would fail each of them as fast as they come: throws what `demandWalls`
 * throws unless one backend has walls here, and says so where that is Docker alone.
 */
export async function demandSomeWalls({ config, say }: Pick<CommandContext, 'config' | 'say'>): Promise<void> {
  try {
    await demandWalls('local', config);
  } catch (error) {
    await demandWalls('docker', config).catch(() => {
      throw error;
    });
    say(
      `${(error as Error).message} Docker's sandbox works: what comes here of sweeps without "backend: docker" stays unscored.`,
    );
  }
}
