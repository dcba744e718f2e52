import { pino, type Logger } from 'pino';

export type { Logger } from 'pino';

/** JSON lines on standard error: standard output belongs to the command's result. */
export function createLogger(level: string, name: string): Logger {
  return pino({ level, name }, pino.destination({ fd: 2, sync: true }));
}
