import type { ChildProcess } from 'node:child_process';
import { PassThrough, type Readable, type Writable } from 'node:stream';
import type { Limits } from '../../domain/test-report.js';

/** A fork server's process behind its outer wall: a child of this process, or an attached container. */
export interface RunnerProcess {
  readonly stdin: Writable;
  readonly stdout: Readable;
  readonly stderr: Readable;
  /** Lets a job with these limits in, where the wall has limits of its own. Throws `SandboxUnavailable`. */
  readonly makeRoom?: (limits: Limits) => Promise<void>;
  /** Never rejects: how it ended, e.g. "it ended with exit code 1", once nothing of it is left. */
  readonly ended: Promise<string>;
  /** Ends it, whatever it is doing; `ended` tells when that is done. */
  kill(): void;
}

/** A child process, with pipes, as a fork server's process. */
export function ofChild(child: ChildProcess): RunnerProcess {
  return {
    // One that could not be started for want of descriptors has none; its error comes a moment later.
    stdin: child.stdin ?? new PassThrough(),
    stdout: child.stdout ?? new PassThrough(),
    stderr: child.stderr ?? new PassThrough(),
    ended: new Promise((resolve) => {
      child.once('error', ({ message }) => resolve(message));
      child.once('close', (code, signal) => resolve(`it ended with ${signal ?? `exit code ${code}`}`));
    }),
    kill: () => void child.kill('SIGKILL'),
  };
}
