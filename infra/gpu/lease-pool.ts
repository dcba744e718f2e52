import { Failure } from '../../domain/failures.js';
import { acquireLock, type Lock } from '../lock.js';
import type { Logger } from '../log.js';
import { type Metrics, NO_METRICS } from '../metrics/metrics.js';
import { type GpuDevice, isOfClass } from './probe.js';

/** A GPU that one job has to itself. */
export interface Lease {
  readonly device: GpuDevice;
  /** Lets the next job have it. */
  readonly release: () => Promise<void>;
}

export interface LeasePoolOptions {
  /** Lists the devices that are well; throws where that can't be told. */
  readonly probe: () => Promise<readonly GpuDevice[]>;
  /** Jobs at the same time on each device; 1 unless given. */
  readonly perDevice?: number;
  /** Milliseconds between two health checks. */
  readonly checkEveryMs: number;
  readonly log: Logger;
  readonly metrics?: Metrics;
}

/** One job's place on a device; idle unless it is leased, or waits for another process to let go of it. */
interface Place {
  readonly device: GpuDevice;
  readonly lockName: string;
  isIdle: boolean;
}

interface Waiting {
  readonly deviceClass: string;
  readonly take: (lease: Lease) => void;
  readonly refuse: (reason: unknown) => void;
}

/**
 * Leases the GPUs of this machine, one job at a time. A lease is a lock of the kernel's (`acquireLock`), so that
 * processes of one host never have one device both, and one that dies, however it dies, frees what it had. Who waits is
 * served first come, first served within this process; processes take turns.
 */
export class LeasePool {
  readonly #options: LeasePoolOptions;
  readonly #metrics: Metrics;
  readonly #places = new Map<string, readonly Place[]>();
  readonly #waiting: Waiting[] = [];
  readonly #closing = new AbortController();
  readonly #timer: NodeJS.Timeout;
  #well = new Set<string>();
  /** Reported since the last probe began, which may have seen them well. */
  readonly #reported = new Set<string>();
  #check: Promise<void> = Promise.resolve();
  #nextCheck: Promise<void> | null = null;

  private constructor(options: LeasePoolOptions) {
    this.#options = options;
    this.#metrics = options.metrics ?? NO_METRICS;
    this.#timer = setInterval(() => void this.check(), options.checkEveryMs).unref();
  }

  /** A pool of the devices that are well now. Throws what `probe` throws. */
  static async open(options: LeasePoolOptions): Promise<LeasePool> {
    const devices = await options.probe();
    const pool = new LeasePool(options);
    pool.#take(devices);
    return pool;
  }

  /** The devices that are well, leased or not. */
  get devices(): GpuDevice[] {
    return [...this.#places.values()].flatMap(([place]) => (place && this.#isWell(place.device) ? [place.device] : []));
  }

  /**
   * A device of the class ("any" for whichever) as soon as one is free. Throws the signal's reason when it is aborted,
   * `GpuUnavailable` when this machine has no such device that is well, and the system's error (EMFILE) when no lock can be opened.
   */
  acquire(deviceClass: string, signal?: AbortSignal): Promise<Lease> {
    signal?.throwIfAborted();
    if (!this.#hasClass(deviceClass)) throw unavailable(deviceClass);
    return new Promise((resolve, reject) => {
      const stop = (): void => this.#refuse(waiting, signal?.reason);
      const settle = <T>(then: (value: T) => void) => {
        return (value: T): void => {
          signal?.removeEventListener('abort', stop);
          then(value);
        };
      };
      const waiting = { deviceClass, take: settle(resolve), refuse: settle(reject) };
      this.#waiting.push(waiting);
      signal?.addEventListener('abort', stop, { once: true });
      this.#seek();
    });
  }

  /** Looks at the devices now, in a probe that begins after the call. One that is not listed is leased no more. */
  check(): Promise<void> {
    this.#nextCheck ??= this.#check.then(() => {
      this.#nextCheck = null;
      this.#check = this.#probe();
      return this.#check;
    });
    return this.#nextCheck;
  }

  /** Throws `GpuUnavailable` unless the device is well now. */
  async vouch(device: GpuDevice): Promise<void> {
    await this.check();
    if (!this.#isWell(device)) throw new Failure('GpuUnavailable', `${describe(device)} was lost during a run`);
  }

  /** The device is leased no more until a probe that begins from now on finds it well. */
  reportBroken(device: GpuDevice): void {
    this.#reported.add(device.uuid);
    this.#take(this.devices);
  }

  /** Refuses all who wait. Leases that are out stay valid. */
  close(): void {
    clearInterval(this.#timer);
    this.#closing.abort();
    this.#refuseAll(new Failure('GpuUnavailable', 'The worker was told to end'));
  }

  async #probe(): Promise<void> {
    this.#reported.clear();
    try {
      this.#take(await this.#options.probe());
    } catch (error) {
      this.#options.log.warn({ error: String(error) }, 'no GPU can be vouched for');
      this.#take([]);
    }
  }

  /** These devices are well, but for those that were reported meanwhile. */
  #take(devices: readonly GpuDevice[]): void {
    const before = this.#well;
    const well = devices.filter(({ uuid }) => !this.#reported.has(uuid));
    this.#well = new Set(well.map(({ uuid }) => uuid));
    for (const device of well) {
      if (!this.#places.has(device.uuid)) this.#places.set(device.uuid, this.#placesOf(device));
      if (before.has(device.uuid)) continue;
      this.#options.log.info({ device: describe(device) }, 'GPU is leased from now on');
      this.#countPlaces(device.uuid, 1);
    }
    for (const uuid of [...before].filter((one) => !this.#well.has(one))) {
      this.#options.log.warn({ uuid }, 'GPU is not well');
      this.#countPlaces(uuid, -1);
    }
    for (const waiting of this.#waiting.filter(({ deviceClass }) => !this.#hasClass(deviceClass))) {
      this.#refuse(waiting, unavailable(waiting.deviceClass));
    }
    this.#seek();
  }

  /** Counts what a device has room for as come (1) or gone (-1). */
  #countPlaces(uuid: string, sign: 1 | -1): void {
    for (const { device } of this.#places.get(uuid) ?? []) {
      this.#metrics.move('aicodereval_gpu_leases', { device_class: device.deviceClass }, sign);
      // Shown from the beginning, also where none is held.
      this.#countHeld(device, 0);
    }
  }

  #countHeld({ deviceClass }: GpuDevice, by: number): void {
    this.#metrics.move('aicodereval_gpu_leases_held', { device_class: deviceClass }, by);
  }

  #placesOf(device: GpuDevice): Place[] {
    const { perDevice = 1 } = this.#options;
    return Array.from({ length: perDevice }, (_, n) => ({ device, lockName: `gpu ${device.uuid} ${n}`, isIdle: true }));
  }

  /** Tries idle places for who waits, and tells them of a fault in it. */
  #seek(work: Promise<unknown> = this.#seekPlaces()): void {
    void work.catch((error: unknown) => {
      if (!this.#closing.signal.aborted) this.#refuseAll(error);
    });
  }

  /** One by one, so that none is locked for nobody; those that others hold are waited for. */
  async #seekPlaces(): Promise<void> {
    for (const place of [...this.#places.values()].flat()) {
      if (!place.isIdle || this.#firstFor(place.device) === undefined) continue;
      if (!(await this.#lock(place, false))) this.#seek(this.#lock(place, true));
    }
  }

  /** Lends a place once its lock is had; false where another process has it. */
  async #lock(place: Place, wait: boolean): Promise<boolean> {
    place.isIdle = false;
    try {
      const lock = await acquireLock(place.lockName, { wait, signal: this.#closing.signal });
      if (lock !== null) await this.#lend(place, lock);
      return lock !== null;
    } catch (error) {
      // No file could be opened, say: the place is tried again for the next one who asks.
      place.isIdle = true;
      throw error;
    }
  }

  async #lend(place: Place, lock: Lock): Promise<void> {
    const { device } = place;
    const free = async (): Promise<void> => {
      await lock.release();
      place.isIdle = true;
      this.#seek();
    };
    const first = this.#firstFor(device);
    if (first === undefined) return free();
    this.#waiting.splice(this.#waiting.indexOf(first), 1);
    this.#countHeld(device, 1);
    const release = (): Promise<void> => {
      this.#countHeld(device, -1);
      return free();
    };
    first.take({ device, release });
  }

  #firstFor(device: GpuDevice): Waiting | undefined {
    return this.#isWell(device) ? this.#waiting.find(({ deviceClass }) => isOfClass(device, deviceClass)) : undefined;
  }

  #isWell({ uuid }: GpuDevice): boolean {
    return this.#well.has(uuid);
  }

  #hasClass(deviceClass: string): boolean {
    return this.devices.some((device) => isOfClass(device, deviceClass));
  }

  #refuse(waiting: Waiting, reason: unknown): void {
    this.#waiting.splice(this.#waiting.indexOf(waiting), 1);
    waiting.refuse(reason);
  }

  #refuseAll(reason: unknown): void {
    for (const waiting of this.#waiting.slice()) this.#refuse(waiting, reason);
  }
}

function unavailable(deviceClass: string): Failure {
  return new Failure('GpuUnavailable', `This machine has no GPU of class "${deviceClass}" that is well`);
}

function describe({ index, uuid, name }: GpuDevice): string {
  return `GPU ${index} (${name}, ${uuid})`;
}
