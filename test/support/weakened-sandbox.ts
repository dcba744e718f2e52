import { packagePath } from '../../infra/package-path.js';
import { type BubblewrapOptions, openBubblewrapSandbox } from '../../infra/sandbox/bubblewrap.js';
import type { Sandbox } from '../../infra/sandbox/sandbox.js';

/**
 * A sandbox whose runner has a weakness of `weakened/`: bubblewrap is reached by way of a script that changes what it is
 * asked for. Nothing of this is in the product, so no option of it can switch a wall off. `folder` is what attacks aim at,
 * `rest` the environment that programs find.
 */
export function openWeakenedSandbox(
  bwrapPath: string,
  weakness: string,
  folder: string,
  secret: string,
  rest: Pick<BubblewrapOptions, 'python' | 'importSets'>,
): Sandbox {
  return openBubblewrapSandbox({
    ...rest,
    bwrapPath: packagePath('test/support/weakened/bwrap.py'),
    slots: 1,
    ownerEnv: {
      PATH: process.env['PATH'] ?? '',
      BWRAP: bwrapPath,
      WEAKNESS: weakness,
      FOLDER: folder,
      SECRET: secret,
    },
  });
}
