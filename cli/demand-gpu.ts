import type { Config } from '../infra/config.js';
import { UserError } from '../infra/errors.js';
import { probeGpus } from '../infra/gpu/probe.js';

/**
 * Throws a `UserError` (exit 3) where this machine lacks the GPU that a sweep wants: the embedded server is its alone, so
 * no other machine can run the programs.
 */
export async function demandGpu(wanted: string | undefined, config: Config): Promise<void> {
  if (wanted === undefined) return;
  const found = new Set((await probeGpus(config)).map(({ deviceClass }) => deviceClass));
  if (wanted === 'any' ? found.size > 0 : found.has(wanted)) return;
  const what = found.size === 0 ? 'no GPU' : `GPUs of class ${[...found].join(', ')} alone`;
  throw new UserError(`The sweep wants a GPU ("${wanted}"); this machine has ${what}.`, {
    hint: 'Change "gpu" in the sweep file, or use a cluster with "aicodereval worker --role gpu" on a machine that has one.',
    exitCode: 3,
  });
}
