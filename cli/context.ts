import type { Config } from '../infra/config.js';
import { readConfig } from '../infra/config.js';
import { openHome } from '../infra/home.js';
import { createLogger, type Logger } from '../infra/log.js';
import { progressBar, type Progress } from '../infra/tools/progress-bar.js';

/** Options that every command takes. */
export interface CommonOptions {
  readonly home?: string;
  readonly json?: boolean;
}

/** What a command works with. */
export interface CommandContext {
  readonly config: Config;
  readonly log: Logger;
  readonly json: boolean;
  readonly onProgress: (progress: Progress) => void;
  /** A line for people, on standard error. */
  readonly say: (text: string) => void;
  /** The command's result: a document with `--json`, else text; the only thing on standard output. */
  readonly print: (document: unknown, text: string) => void;
}

export async function openContext(options: CommonOptions): Promise<CommandContext> {
  const given = readConfig(options.home);
  const config = { ...given, home: await openHome(given.home) };
  const json = options.json === true;
  const { logs } = config;
  return {
    config,
    json,
    // What a command does it says itself; of what goes on behind it only trouble is worth a line.
    log: createLogger({ ...logs, level: logs.level === 'info' ? 'warn' : logs.level }, 'aicodereval'),
    onProgress: progressBar(process.stderr),
    say: (text) => void process.stderr.write(`${text}\n`),
    print: (document, text) => void process.stdout.write(json ? `${JSON.stringify(document)}\n` : `${text}\n`),
  };
}
