/** Ctrl-C and SIGTERM: the first asks to end in order, a second one ends at once. */
export class Interrupt {
  seen = false;
  private wake: () => void = () => undefined;
  private readonly onSignal = (): void => {
    if (this.seen) process.exit(130);
    this.seen = true;
    this.wake();
  };

  constructor() {
    process.on('SIGINT', this.onSignal);
    process.on('SIGTERM', this.onSignal);
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
}
