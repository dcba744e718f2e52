import { ASSEMBLIES, type Assembly } from '../../domain/aicodereval-assembly.js';
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
  return oneOf(BACKENDS, 'backend', name);
}

/** Throws UserError (exit 2) for a name that is none. */
export function parseAssembly(name: string): Assembly {
  return oneOf(ASSEMBLIES, 'assembly', name);
}

function oneOf<T extends string>(all: readonly T[], what: string, name: string): T {
  const found = all.find((each) => each === name);
  if (found !== undefined) return found;
  throw new UserError(`There is no ${what} "${name}".`, { hint: `There are ${all.join(', ')}.`, exitCode: 2 });
}
