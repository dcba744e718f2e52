import { Failure } from '../../domain/failures.js';
import type { TestReport } from '../../domain/test-report.js';
import { judge } from '../../domain/verdict.js';
import type { Place, SandboxJob, SandboxSource } from '../sandbox/sandbox.js';
import type { LeasePool } from './lease-pool.js';

/** A report, and the id of the GPU that the program had. */
export interface GpuReport {
  readonly report: TestReport;
  readonly device: string;
}

/** A job, the place it belongs in, and the class of device that it wants. */
interface GpuJob {
  readonly job: SandboxJob;
  readonly place: Place;
  readonly deviceClass: string;
}

/** Runs programs each with a GPU to itself: in a sandbox for each device. */
export class GpuSandbox {
  readonly #pool: LeasePool;
  readonly #sandboxes: SandboxSource;

  constructor(pool: LeasePool, sandboxes: SandboxSource) {
    this.#pool = pool;
    this.#sandboxes = sandboxes;
  }

  /**
   * Runs a job on a device of the class; see `Sandbox.run`. A program that did not pass is judged only if its device is
   * well afterwards. Throws `GpuUnavailable` otherwise, and when this machine has no such device.
   */
  async run({ job, place, deviceClass }: GpuJob, signal?: AbortSignal): Promise<GpuReport> {
    const lease = await this.#pool.acquire(deviceClass, signal);
    const { device } = lease;
    try {
      const sandbox = await this.#sandboxes.get({ ...place, gpu: device });
      const report = await sandbox.run(job, signal);
      if (judge(report) !== 'pass') await this.#pool.vouch(device);
      return { report, device: device.uuid };
    } catch (error) {
      if (error instanceof Failure && error.type === 'SandboxUnavailable') this.#pool.reportBroken(device);
      throw error;
    } finally {
      await lease.release();
    }
  }
}
