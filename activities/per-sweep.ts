import { sweepIdentity } from '../infra/store/sweep-identity.js';
import { cached } from './cached.js';

/** What a worker keeps open or remembers of each sweep, for as long as the sweep's folder is the same one. */
export class PerSweep<T> {
  private readonly home: string;
  private readonly open: (sweepId: string) => Promise<T>;
  private readonly values = new Map<string, Promise<T>>();

  constructor(home: string, open: (sweepId: string) => Promise<T>) {
    this.home = home;
    this.open = open;
  }

  /** Rejects as `open` does, and asks it again the next time. */
  async of(sweepId: string): Promise<T> {
    return cached(this.values, await sweepIdentity(this.home, sweepId), () => this.open(sweepId));
  }

  /** All that was ever opened, also of folders that are gone. */
  all(): Promise<T[]> {
    return Promise.all(this.values.values());
  }
}
