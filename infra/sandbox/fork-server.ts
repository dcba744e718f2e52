import { Failure, type FailureType } from '../../domain/failures.js';
import type { TestReport } from '../../domain/test-report.js';
import { parseRunnerMessage, type RunnerMessage } from '../parse/runner-message.js';
import { encodeFrame, readFrames } from './frames.js';
import type { RunnerProcess } from './runner-process.js';
import type { SandboxJob } from './sandbox.js';

/** How long a fork server may take to import its libraries. */
const START_MS = 60_000;
/** How long it may take, beyond a program's own wall-clock limit, to answer. */
const ANSWER_MS = 15_000;
const CANCEL_MS = 5_000;
const KEPT_CHARS = 2_000;

interface Pending {
  readonly resolve: (message: RunnerMessage) => void;
  readonly reject: (failure: Failure) => void;
}

/**
 * One running fork server behind its outer wall, whatever that is made of. Runs one program at a time. Once anything
 * about it is doubtful it is killed, and `isAlive` is false for good.
 */
export class ForkServer {
  readonly #process: RunnerProcess;
  #pending: Pending | null = null;
  #death: Failure | null = null;
  #isReady = false;
  #isWorn = false;
  #runs = 0;
  #stderr = '';

  private constructor(runner: RunnerProcess) {
    this.#process = runner;
    void runner.ended.then((how) => this.#die(how));
    runner.stdin.on('error', (cause: Error) => this.#die(cause.message, cause));
    runner.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.#stderr = (this.#stderr + text).slice(-KEPT_CHARS);
    });
    readFrames(
      runner.stdout,
      (text) => this.#take(text),
      (cause) => this.#die(cause.message, cause),
    );
  }

  /** Waits until the process says that it is ready. Throws `SandboxUnavailable` if it never does. */
  static async start(runner: RunnerProcess): Promise<ForkServer> {
    const server = new ForkServer(runner);
    const message = await server.#expect(START_MS);
    if (message.kind !== 'ready') server.#die(`its first message was "${message.kind}"`);
    if (server.#death !== null) throw server.#death;
    server.#isReady = true;
    return server;
  }

  get isAlive(): boolean {
    return this.#death === null;
  }

  /** It has grown, or other modules are imported than at the start: its programs would not find what others did. */
  get isWorn(): boolean {
    return this.#isWorn;
  }

  /** Programs that it was given. */
  get runs(): number {
    return this.#runs;
  }

  /** Runs one program; see `Sandbox.run`. */
  async run(job: SandboxJob, signal?: AbortSignal): Promise<TestReport> {
    await this.#process.makeRoom?.(job.limits);
    signal?.throwIfAborted();
    this.#runs += 1;
    const answer = this.#expect(job.limits.wallSeconds * 1_000 + ANSWER_MS);
    const { program, test, reference: _, isAlone: __, ...facts } = job;
    // In frames of their own, for each of which there is a limit; written at once.
    this.#send({ kind: 'run', ...facts }, test, program);
    let timer: NodeJS.Timeout | undefined;
    const cancel = (): void => {
      this.#send({ kind: 'cancel', id: job.id });
      timer = setTimeout(() => this.#die('it did not cancel a program'), CANCEL_MS);
    };
    signal?.addEventListener('abort', cancel, { once: true });
    try {
      const message = await answer;
      signal?.throwIfAborted();
      return this.#report(job, message);
    } catch (error) {
      signal?.throwIfAborted();
      throw error;
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', cancel);
    }
  }

  /** Ends the server and its program; waits until it is gone. */
  async kill(): Promise<void> {
    this.#die('the sandbox was closed');
    await this.#process.ended;
  }

  #report(job: SandboxJob, message: RunnerMessage): TestReport {
    if (message.kind === 'broken') {
      throw new Failure('SandboxUnavailable', `The sandbox could not be made: ${message.message}`);
    }
    if (message.kind === 'lost') throw new Failure('SandboxLost', `The sandbox lost a program: ${message.message}`);
    if (message.kind === 'report' && message.id === job.id) {
      this.#isWorn = message.isWorn;
      return message.report;
    }
    throw this.#die(`it answered "${message.kind}" to another job`);
  }

  #expect(timeoutMs: number): Promise<RunnerMessage> {
    return new Promise((resolve, reject) => {
      if (this.#death !== null) return reject(this.#death);
      const timer = setTimeout(() => this.#die(`it did not answer within ${timeoutMs / 1_000} s`), timeoutMs);
      const settle = <T>(then: (value: T) => void) => {
        return (value: T): void => {
          clearTimeout(timer);
          this.#pending = null;
          then(value);
        };
      };
      this.#pending = { resolve: settle(resolve), reject: settle(reject) };
    });
  }

  #send(...messages: readonly unknown[]): void {
    if (this.isAlive) this.#process.stdin.write(Buffer.concat(messages.map(encodeFrame)));
  }

  #take(text: string): void {
    const message = parseRunnerMessage(text);
    if (message === null || this.#pending === null) this.#die('it sent something that is no answer');
    else this.#pending.resolve(message);
  }

  #die(reason: string, cause?: Error): Failure {
    if (this.#death !== null) return this.#death;
    const type: FailureType = this.#isReady ? 'SandboxLost' : 'SandboxUnavailable';
    const words = this.#stderr.trim().replaceAll(/\s*\n\s*/g, ' | ');
    const message = `The sandbox's runner is gone: ${reason}${words === '' ? '' : ` (${words})`}`;
    this.#death = new Failure(type, message, { cause });
    this.#process.kill();
    this.#pending?.reject(this.#death);
    return this.#death;
  }
}
