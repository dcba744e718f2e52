#!/usr/bin/env node
import { Command, CommanderError } from 'commander';
import { Failure } from '../domain/failures.js';
import { UserError } from '../infra/errors.js';
import { packageVersion } from '../infra/package-path.js';
import { addCommands } from './commands/modules.js';

async function createProgram(): Promise<Command> {
  const program = new Command('aicodereval')
    .description('Durable benchmark sweeps of code-generating language models on Temporal.')
    .version(packageVersion())
    .showHelpAfterError('(aicodereval --help lists the commands)')
    .exitOverride();
  await addCommands(program, process.argv[2]);
  return program;
}

/** What a user reads when something went wrong: message, cause, hint; a stack trace only for a fault of ours. */
function explain(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (error instanceof UserError) {
    const { cause } = error;
    const why = cause instanceof Error && !error.message.includes(cause.message) ? `\n  cause: ${cause.message}` : '';
    process.stderr.write(`error: ${error.message}${why}\n  hint: ${error.hint}\n`);
    return error.exitCode;
  }
  // Not by its class: its library takes longer to load than a report to make.
  if (error instanceof Error && error.name === 'ServiceError') {
    process.stderr.write(
      `error: The Temporal server did not answer: ${error.cause instanceof Error ? error.cause.message : error.message}\n`,
    );
    process.stderr.write('  hint: Nothing that was finished is lost; give the same command again.\n');
    return 3;
  }
  if (error instanceof Failure) {
    process.stderr.write(`error: ${error.message}\n`);
    return 3;
  }
  process.stderr.write(
    `This is a fault of aicodereval itself:\n${error instanceof Error ? error.stack : String(error)}\n`,
  );
  return 3;
}

// Whoever reads may have enough, as `head` has: the command still ends as it would have. One that works for long has an
// Interrupt, which ends it in order.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE' && stream.listenerCount('error') === 1) throw error;
  });
}

try {
  await (await createProgram()).parseAsync();
} catch (error) {
  process.exitCode = explain(error);
}
