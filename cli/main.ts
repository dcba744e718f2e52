#!/usr/bin/env node
import { ServiceError } from '@temporalio/client';
import { Command, CommanderError } from 'commander';
import { Failure } from '../domain/failures.js';
import { UserError } from '../infra/errors.js';
import { packageVersion } from '../infra/package-path.js';
import { addAnalysing } from './commands/analysing.js';
import { addAttacking } from './commands/attacking.js';
import { addBuilding } from './commands/building.js';
import { addDocumenting } from './commands/documenting.js';
import { addEnvironments } from './commands/environments.js';
import { addGrading } from './commands/grading.js';
import { addLooking } from './commands/looking.js';
import { addOperating } from './commands/operating.js';
import { addRescoring } from './commands/rescoring.js';
import { addRunning } from './commands/running.js';
import { addServing } from './commands/serving.js';
import { addValidating } from './commands/validating.js';

function createProgram(): Command {
  const program = new Command('aicodereval')
    .description('Durable benchmark sweeps of code-generating language models on Temporal.')
    .version(packageVersion())
    .showHelpAfterError('(aicodereval --help lists the commands)')
    .exitOverride();
  for (const add of [
    addRunning,
    addServing,
    addOperating,
    addAnalysing,
    addGrading,
    addValidating,
    addBuilding,
    addRescoring,
    addLooking,
    addEnvironments,
    addDocumenting,
    addAttacking,
  ])
    add(program);
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
  if (error instanceof ServiceError) {
    process.stderr.write(`error: The Temporal server did not answer: ${error.cause?.message ?? error.message}\n`);
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

try {
  await createProgram().parseAsync();
} catch (error) {
  process.exitCode = explain(error);
}
