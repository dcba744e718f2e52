import { pino, stdSerializers, stdTimeFunctions, type Logger } from 'pino';
import { lineForPeople } from './log-line.js';
import { redactor } from './redact.js';

export type { Logger } from 'pino';

export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];
export const LOG_FORMATS = ['json', 'text'] as const;

/** What the environment says of logs. */
export interface LogConfig {
  readonly level: LogLevel;
  /** Null is text on a terminal, else JSON. */
  readonly format: (typeof LOG_FORMATS)[number] | null;
  readonly isColourless: boolean;
  /** What must stand in no log. */
  readonly secrets: readonly string[];
}

/**
 * Logs go to standard error, a line each: standard output belongs to the command's result. Lines of a workflow and of its
 * activities, Temporal's own among them, say which sweep and which cell they are of.
 */
export function createLogger({ level, format, isColourless, secrets }: LogConfig, name: string): Logger {
  const out = pino.destination({ fd: 2, sync: true });
  const { isTTY } = process.stderr;
  const isText = (format ?? (isTTY ? 'text' : 'json')) === 'text';
  const clean = redactor(secrets);
  const style = { isColoured: isTTY && !isColourless, isTerminal: isTTY };
  const options = {
    level,
    name,
    timestamp: stdTimeFunctions.isoTime,
    serializers: { err: stdSerializers.err, error: stdSerializers.err },
    formatters: { level: (label: string) => ({ level: label }), log: withIds },
  };
  const write = (line: string): void => {
    const cleaned = clean(line);
    out.write(isText ? lineForPeople(cleaned, style) : cleaned);
  };
  return pino(options, { write });
}

/** The fields of a line, with the names by which a user knows what it is of; a task token is of use to nobody. */
function withIds(given: Record<string, unknown>): Record<string, unknown> {
  const fields = 'taskToken' in given ? { ...given, taskToken: undefined } : given;
  const { workflowId, workflowType } = fields;
  if (typeof workflowId !== 'string') return fields;
  const [sweep] = workflowId.split('/');
  if (workflowType === 'cellWorkflow') return { sweep, cell: workflowId, ...fields };
  return workflowType === 'pageWorkflow' || workflowType === 'sweepWorkflow' ? { sweep, ...fields } : fields;
}
