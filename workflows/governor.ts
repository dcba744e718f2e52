import { condition } from '@temporalio/workflow';
import type { Pause, Tally } from '../domain/progress.js';
import type { SweepLimits } from '../domain/sweep.js';
import type { RaisedLimits } from './messages.js';

type Used = Pick<Tally, 'tokens' | 'costUsd'>;

/** What survives when a very long sweep continues as a new run. */
export interface GovernorState {
  readonly concurrency: number;
  readonly limits: SweepLimits;
  readonly pause: Pause | null;
  /** Epoch milliseconds. */
  readonly startedAt: number;
  /** Milliseconds spent in pauses that have ended: they do not count against the wall-clock limit. */
  readonly pausedMs: number;
}

/** Holds a sweep's pause, limits and concurrency. Reaching a limit pauses; raising it lets the sweep go on. */
export class Governor {
  private state: GovernorState;
  private used: Used;
  private pausedAt: number | null;
  private isOver = false;
  private readonly onChange: () => void;

  constructor(state: GovernorState, used: Used, onChange: () => void) {
    this.state = state;
    this.used = { tokens: used.tokens, costUsd: used.costUsd };
    this.pausedAt = state.pause === null ? null : Date.now();
    this.onChange = onChange;
  }

  get snapshot(): GovernorState {
    return { ...this.state, pausedMs: this.pausedMs() };
  }

  pause(why: Pause): void {
    if (this.state.pause !== null) return;
    this.pausedAt = Date.now();
    this.change({ pause: why });
  }

  /** Raises limits and starts cells again. `resumeProblem` must be null. */
  resume(raised: RaisedLimits): void {
    const pausedMs = this.pausedMs();
    this.pausedAt = null;
    this.change({ pause: null, pausedMs, limits: { ...this.state.limits, ...raised } });
  }

  /** Why the sweep cannot be resumed with these limits; null if it can. */
  resumeProblem(raised: RaisedLimits): string | null {
    if (this.state.pause === null) return 'the sweep is not paused';
    const reached = this.reached({ ...this.state.limits, ...raised });
    return reached === null ? null : `its limit on ${reached} is reached: raise it to go on`;
  }

  setConcurrency(concurrency: number): void {
    this.change({ concurrency });
  }

  spend({ tokens, costUsd }: Used): void {
    this.used = { tokens: this.used.tokens + tokens, costUsd: this.used.costUsd + costUsd };
    this.holdLimits();
  }

  /** Pauses when the wall-clock limit is reached; runs until `end`. */
  async watchClock(): Promise<void> {
    while (!this.isOver) {
      const { pause, limits } = this.state;
      const isTicking = pause === null && limits.wallMs !== null;
      const left = (limits.wallMs ?? 0) - this.elapsedMs();
      const changed = (): boolean => this.isOver || this.state.pause !== pause || this.state.limits !== limits;
      if (isTicking) await condition(changed, Math.max(1, left));
      else await condition(changed);
      this.holdLimits();
    }
  }

  end(): void {
    this.isOver = true;
  }

  private holdLimits(): void {
    const reached = this.reached(this.state.limits);
    if (reached !== null) this.pause(reached);
  }

  private reached({ tokens, costUsd, wallMs }: SweepLimits): Exclude<Pause, 'operator'> | null {
    if (costUsd !== null && this.used.costUsd >= costUsd) return 'cost';
    if (tokens !== null && this.used.tokens >= tokens) return 'tokens';
    return wallMs !== null && this.elapsedMs() >= wallMs ? 'wall' : null;
  }

  private elapsedMs(): number {
    return Date.now() - this.state.startedAt - this.pausedMs();
  }

  private pausedMs(): number {
    return this.state.pausedMs + (this.pausedAt === null ? 0 : Date.now() - this.pausedAt);
  }

  private change(part: Partial<GovernorState>): void {
    this.state = { ...this.state, ...part };
    this.onChange();
  }
}
