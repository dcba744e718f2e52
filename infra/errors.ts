/** Exit codes of the command line; see docs/cli.md. */
export type ExitCode = 1 | 2 | 3;

/**
 * A mistake of the user (exit 2) or a fault of the surroundings (exit 3), told in three parts: what happened, why,
 * and what to do about it. Printed without a stack trace.
 */
export class UserError extends Error {
  override readonly name = 'UserError';
  readonly hint: string;
  readonly exitCode: ExitCode;

  constructor(message: string, options: { hint: string; exitCode: ExitCode; cause?: unknown }) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.hint = options.hint;
    this.exitCode = options.exitCode;
  }
}
