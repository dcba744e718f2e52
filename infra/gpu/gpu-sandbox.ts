import { Failure } from '../../domain/failures.js';
import type { TestReport } from '../../domain/test-report.js';
import { judge } from '../../domain/verdict.js';
import type { Sandbox, SandboxJob } from '../sandbox/sandbox.js';
import type { LeasePool } from './lease-pool.js';
import type { GpuDevice } from './probe.js';

/** A report, and the id of the GPU that the program had. */
export interface GpuReport {
  readonly report: TestReport;
  readonly device: string;
}

/** Runs programs each with a GPU to itself: one sandbox for each device, made when it is first leased. */
export class GpuSandbox {
  readonly #pool: LeasePool;
  readonly #open: (device: GpuDevice) => Sandbox;
  readonly #sandboxes = new Map<string, Sandbox>();

  constructor(pool: LeasePool, open: (device: GpuDevice) => Sandbox) {
    this.#pool = pool;
    this.#open = open;
  }

  /**
   * Runs a job on a device of the class; see `Sandbox.run`. A program that did not pass is judged only if its device is
   * well afterwards. Throws `GpuUnavailable` otherwise, and when this machine has no such device.
   */
  async run(job: SandboxJob, deviceClass: string, signal?: AbortSignal): Promise<GpuReport> {
    const lease = await this.#pool.acquire(deviceClass, signal);
    const { device } = lease;
    try {
      const report = await this.#on(device).run(job, signal);
      if (judge(report) !== 'pass') await this.#pool.vouch(device);
      return { report, device: device.uuid };
    } catch (error) {
      if (error instanceof Failure && error.type === 'SandboxUnavailable') this.#pool.reportBroken(device);
      throw error;
    } finally {
      await lease.release();
    }
  }

  async close(): Promise<void> {
    this.#pool.close();
    await Promise.all([...this.#sandboxes.values()].map((sandbox) => sandbox.close()));
  }

  #on(device: GpuDevice): Sandbox {
    const sandbox = this.#sandboxes.get(device.uuid) ?? this.#open(device);
    this.#sandboxes.set(device.uuid, sandbox);
    return sandbox;
  }
}
