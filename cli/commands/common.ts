import { type Backend, BACKENDS } from '../../domain/sweep.js';
import { UserError } from '../../infra/errors.js';
import type { Command } from 'commander';

/** Options that every command takes. */
export function common(command: Command): Command {
  return command
    .option('--home <dir>', 'home folder (default: $AICODEREVAL_HOME, else .aicodereval)')
    .option('--json', 'one JSON document on standard output, nothing else there');
}

/** Throws UserError (exit 2) for a name that is none. */
export function parseBackend(name: string): Backend {
  const found = BACKENDS.find((backend) => backend === name);
  if (found !== undefined) return found;
  throw new UserError(`There is no backend "${name}".`, { hint: `Backends are ${BACKENDS.join(', ')}.`, exitCode: 2 });
}
