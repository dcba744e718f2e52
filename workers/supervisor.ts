import type { ChildProcess } from 'node:child_process';
import type { Logger } from '../infra/log.js';

/** A process that is started again whenever it ends, until it is stopped. */
export class Supervised {
  private readonly name: string;
  private readonly start: () => Promise<ChildProcess>;
  private readonly log: Logger;
  private child: ChildProcess | null = null;
  private ended: Promise<void> = Promise.resolve();
  private stopping = false;
  private wake: () => void = () => undefined;

  constructor(name: string, start: () => Promise<ChildProcess>, log: Logger) {
    this.name = name;
    this.start = start;
    this.log = log;
  }

  /** It ended by itself. One that a signal ended runs again in a moment. */
  get hasExited(): boolean {
    return typeof this.child?.exitCode === 'number';
  }

  private get isAlive(): boolean {
    return this.child !== null && this.child.exitCode === null && this.child.signalCode === null;
  }

  /** Asks it to end, and kills it after `graceMs`. Resolves when it is gone. */
  async stop(graceMs: number): Promise<void> {
    const timer = setTimeout(() => this.child?.kill('SIGKILL'), graceMs);
    await this.end('SIGTERM');
    clearTimeout(timer);
  }

  /** Ends it at once. Resolves when it is gone. */
  kill(): Promise<void> {
    return this.end('SIGKILL');
  }

  private async end(signal: NodeJS.Signals): Promise<void> {
    this.stopping = true;
    this.wake();
    if (!this.isAlive) return;
    this.child?.kill(signal);
    await this.ended;
  }

  /** Resolves when the process has been started. */
  async launch(): Promise<void> {
    const child = await this.start();
    const startedAt = Date.now();
    this.child = child;
    this.ended = new Promise((resolve) => {
      child.once('error', (error) => {
        this.log.error({ error: error.message }, `${this.name} cannot be started`);
        resolve();
      });
      child.once('exit', () => resolve());
    });
    void this.ended.then(() => this.again(Date.now() - startedAt));
  }

  /** At once after a long life; else after a pause, so that a process that cannot start does not burn the machine. */
  private async again(lifeMs: number): Promise<void> {
    if (this.stopping) return;
    const { exitCode, signalCode } = this.child ?? {};
    this.log.warn({ exitCode, signalCode }, `${this.name} ended; starting it again`);
    if (lifeMs < 5_000) await this.pause();
    // A machine that is short of memory or files for a moment may refuse one start, and not the next.
    while (!this.stopping && !(await this.tryLaunch())) await this.pause();
  }

  private async tryLaunch(): Promise<boolean> {
    try {
      await this.launch();
      return true;
    } catch (error) {
      this.log.error({ error: String(error) }, `${this.name} could not be started again`);
      return false;
    }
  }

  private pause(): Promise<void> {
    return new Promise((resolve) => {
      this.wake = resolve;
      setTimeout(resolve, 1_000);
    });
  }
}
