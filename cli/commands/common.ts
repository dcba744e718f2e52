import type { Command } from 'commander';

/** Options that every command takes. */
export function common(command: Command): Command {
  return command
    .option('--home <dir>', 'home folder (default: $AICODEREVAL_HOME, else .aicodereval)')
    .option('--json', 'one JSON document on standard output, nothing else there');
}
