/**
 * Ctrl-C, SIGTERM, and the end of the terminal (SIGHUP): the first asks to end in order, a second Ctrl-C or SIGTERM ends at once.
 * Shell and kernel both tell of the end of a terminal, so to hear of it again means nothing.
 */
export class Interrupt {
  seen = false;
  private isHungUp = false;
  private wake: () => void = () => undefined;
  private readonly onSignal = (): void => {
    if (this.seen) process.exit(130);
    this.end();
  };
  private readonly onHangUp = (): void => {
    if (!this.isHungUp) process.once('exit', () => this.dieOfHangUp());
    this.isHungUp = true;
    this.end();
  };
  /** A write may find out that the terminal has gone before the signal comes, or with it what the output is piped to. */
  private readonly onUnwritable = (error: NodeJS.ErrnoException): void => {
    if (error.code === 'EIO') this.onHangUp();
    else if (error.code === 'EPIPE') this.end();
    else throw error;
  };

  constructor() {
    process.on('SIGINT', this.onSignal);
    process.on('SIGTERM', this.onSignal);
    process.on('SIGHUP', this.onHangUp);
    // These stay after `dispose`: whatever is said to the end has nowhere to go.
    process.stdout.on('error', this.onUnwritable);
    process.stderr.on('error', this.onUnwritable);
  }

  /** Milliseconds, or until the interrupt. */
  async sleep(ms: number): Promise<void> {
    if (this.seen) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  dispose(): void {
    process.off('SIGINT', this.onSignal);
    process.off('SIGTERM', this.onSignal);
  }

  private end(): void {
    this.seen = true;
    this.wake();
  }

  /** As whoever started the command expects of it; Node itself aborts when it can't reset a terminal that has gone. */
  private dieOfHangUp(): void {
    process.off('SIGHUP', this.onHangUp);
    process.kill(process.pid, 'SIGHUP');
  }
}
