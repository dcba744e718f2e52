import { spawn } from 'node:child_process';

/** Environment variables of a child process; left out, it gets this process's own. */
export type CommandEnv = Readonly<Record<string, string | undefined>>;

const KEPT_CHARS = 4_000;

/**
 * Runs a short command to its end and returns what it wrote to stdout. `input` is what it finds on stdin, else nothing.
 * Throws an Error with the end of stderr if it can't be started or exits with another status than 0; an aborted
 * signal kills it.
 */
export function runCommand(
  file: string,
  args: readonly string[],
  options: {
    readonly env?: CommandEnv | undefined;
    readonly signal?: AbortSignal | undefined;
    readonly input?: string;
  } = {},
): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, {
      stdio: ['pipe', 'pipe', 'pipe'],
      ...(options.env === undefined ? {} : { env: options.env }),
      ...(options.signal === undefined ? {} : { signal: options.signal }),
      killSignal: 'SIGKILL',
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr = (stderr + text).slice(-KEPT_CHARS)));
    // Of a command that does not read it, its status tells.
    child.stdin.on('error', () => undefined).end(options.input ?? '');
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve(stdout);
      else reject(new Error(stderr.trim() || `${file} ended with status ${String(code)}`));
    });
  });
}
