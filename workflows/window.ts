import { condition } from '@temporalio/workflow';

/** Bounded fan-out: at most `size` jobs at a time; the size may change while they run. */
export class Window {
  private size: number;
  private readonly jobs = new Set<Promise<void>>();
  private failure: { readonly error: unknown } | null = null;

  constructor(size: number) {
    this.size = size;
  }

  get running(): number {
    return this.jobs.size;
  }

  resize(size: number): void {
    this.size = size;
  }

  /** Waits for room, then starts the job. Throws a job's error at the next start, and on cancellation. */
  async start(job: () => Promise<void>): Promise<void> {
    await condition(() => this.failure !== null || this.jobs.size < this.size);
    if (this.failure !== null) throw this.failure.error;
    const running = this.guard(job).finally(() => this.jobs.delete(running));
    this.jobs.add(running);
  }

  /** Waits until every job has ended, cancelled or not; then throws the first error there was. */
  async drain(): Promise<void> {
    while (this.jobs.size > 0) await Promise.all(this.jobs);
    if (this.failure !== null) throw this.failure.error;
  }

  /** A rejected promise that nobody awaits yet would fail the workflow task. */
  private async guard(job: () => Promise<void>): Promise<void> {
    try {
      await job();
    } catch (error) {
      this.failure ??= { error };
    }
  }
}
