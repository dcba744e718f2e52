import { join } from 'node:path';
import { z } from 'zod';
import type { Config } from '../infra/config.js';
import { withoutKeys, withoutTemporal } from '../infra/config.js';
import { atomicWrite, readIfExists, removeStaleTemp } from '../infra/fs.js';
import { probeGpus } from '../infra/gpu/probe.js';
import { acquireLock, type Lock } from '../infra/lock.js';
import { keepLogsBounded, spawnLogged } from '../infra/log-files.js';
import type { Logger } from '../infra/log.js';
import {
  type MetricsAddress,
  type MetricsEndpoint,
  type MetricsSource,
  serveMetrics,
} from '../infra/metrics/endpoint.js';
import { packagePath } from '../infra/package-path.js';
import { tryJson } from '../infra/parse/json.js';
import { freePort } from '../infra/ports.js';
import { ownerEntry, reapOrphans } from '../infra/processes.js';
import { openBlobStore } from '../infra/store/blobs.js';
import { sweepsFolder } from '../infra/store/paths.js';
import { connect, embeddedServer, keepHistories, untilAnswering } from '../infra/temporal/connect.js';
import { type ReservedPorts, reservePorts, startDevServer } from '../infra/temporal/dev-server.js';
import { registerSearchAttributes } from '../infra/temporal/search-attributes.js';
import { ensureTool } from '../infra/tools/tool.js';
import type { Crew } from './roles.js';
import { Supervised } from './supervisor.js';

/** Longer than a worker's own grace: it ends by itself unless it hangs. */
const WORKER_GRACE_MS = 20_000;

const hostFileSchema = z.object({ pid: z.int(), grpc: z.int(), ui: z.int() });

/** What the host of a home tells the other commands: which process it is, and its ports on loopback. */
export type HostFile = z.infer<typeof hostFileSchema>;

const hostPath = (home: string): string => join(home, 'host.json');

/** What the last host of this home wrote; null if there was none. It may be dead by now. */
export async function readHostFile(home: string): Promise<HostFile | null> {
  const parsed = hostFileSchema.safeParse(tryJson((await readIfExists(hostPath(home))) ?? ''));
  return parsed.success ? parsed.data : null;
}

/**
 * Collect garbage once the heap has grown by a quarter, not once it has doubled: over days a worker's memory stays flat,
 * for a per cent or two more CPU.
 */
export const FLAT_HEAP = ['--heap-growing-percent=25'];

export interface HostOptions {
  readonly config: Config;
  readonly log: Logger;
  /** The home's lock, held: it goes with the host. */
  readonly lock: Lock;
  readonly slots: number;
  /** Workers beside the server, a process for each; none starts it alone. */
  readonly crews: readonly Crew[];
  /** Where the workers' metrics are served; null for nowhere. */
  readonly metrics: MetricsAddress | null;
}

/** The server and the workers of a home: children that are started again when they die, and die with this process. */
export class Host {
  readonly file: HostFile;
  private readonly options: HostOptions;
  private readonly reserved: ReservedPorts;
  private readonly children: Supervised[];
  private readonly sources = new Map<string, MetricsSource>();
  private metrics: MetricsEndpoint | null = null;
  private letLogsGrow: () => void = () => undefined;

  private constructor(options: HostOptions, reserved: ReservedPorts, server: Supervised) {
    this.options = options;
    this.reserved = reserved;
    this.file = { pid: process.pid, ...reserved.ports };
    this.children = [server];
  }

  /** What to scrape; null where no metrics are served. */
  get metricsUrl(): string | null {
    return this.metrics?.url ?? null;
  }

  /** Cleans up after a dead host, starts the server with its data, and the workers. */
  static async start(options: HostOptions): Promise<Host> {
    const { config, log } = options;
    const { home, env } = config;
    const reaped = await reapOrphans(home);
    if (reaped.length > 0) log.warn({ reaped }, 'killed processes that a dead host had left');
    await openBlobStore(home).sweepTemp();
    await removeStaleTemp(sweepsFolder(home));
    const host = await Host.startServer(options, await ensureTool('temporal', { home, env }));
    try {
      await host.open();
    } catch (error) {
      await host.stop();
      throw error;
    }
    return host;
  }

  /** One home of this machine at a time: two that look at the same moment would find the same ports free. */
  private static async startServer(options: HostOptions, binary: string): Promise<Host> {
    const { config, log } = options;
    const { home } = config;
    const turn = await acquireLock('ports of embedded servers', { wait: true });
    try {
      const reserved = await reservePorts((await readHostFile(home)) ?? undefined);
      const { ports } = reserved;
      const env = { ...withoutKeys(config.env), ...(await ownerEntry(home)) };
      const server = new Supervised('the Temporal server', () => startDevServer({ home, binary, ports, env }), log);
      await server.launch();
      const host = new Host(options, reserved, server);
      try {
        host.letLogsGrow = await keepLogsBounded(home, log);
        if (options.metrics !== null)
          host.metrics = await serveMetrics(options.metrics, () => [...host.sources.values()]);
        // Workers load while the server does, and wait for it.
        await host.addWorkers();
        await untilAnswering(embeddedServer(ports.grpc).connection, () => !server.hasExited);
      } catch (error) {
        await host.stop();
        throw error;
      }
      return host;
    } finally {
      await turn?.release();
    }
  }

  /**
   * Ends the workers gently, then the server, and frees the home. The server is killed: what it has acknowledged is in its
   * file, and by itself it takes more than a second to end.
   */
  async stop(): Promise<void> {
    const [server, ...workers] = this.children;
    this.letLogsGrow();
    await this.metrics?.close();
    await Promise.all(workers.map((worker) => worker.stop(WORKER_GRACE_MS)));
    await server?.kill();
    await this.reserved.release();
    await this.options.lock.release();
  }

  private async open(): Promise<void> {
    const { config } = this.options;
    const temporal = await connect(embeddedServer(this.file.grpc));
    try {
      await keepHistories(temporal);
      await registerSearchAttributes(temporal.connection, temporal.namespace);
    } finally {
      await temporal.connection.close();
    }
    await atomicWrite(hostPath(config.home), `${JSON.stringify(this.file)}\n`);
  }

  private async addWorkers(): Promise<void> {
    await Promise.all((await this.crews()).map((crew) => this.addWorker(crew)));
  }

  /** What this machine can do: without a GPU there is nothing for that role. */
  private async crews(): Promise<readonly Crew[]> {
    const { config, log, crews } = this.options;
    if (!crews.some((crew) => crew.includes('gpu'))) return crews;
    const gpus = await probeGpus(config).catch((error: unknown) => {
      log.warn({ error: String(error) }, 'no worker for GPUs');
      return [];
    });
    if (gpus.length > 0) return crews;
    return crews.map((crew) => crew.filter((role) => role !== 'gpu')).filter((crew) => crew.length > 0);
  }

  private async addWorker(crew: Crew): Promise<void> {
    const { config, log, slots } = this.options;
    const { home } = config;
    const role = crew.join(',');
    // Only the process that asks models sees the user's environment with its keys.
    const base = crew.includes('model') ? withoutTemporal(config.env) : withoutKeys(config.env);
    const env = {
      ...base,
      ...(await ownerEntry(home)),
      // Files are for machines, whatever the user wants on the terminal.
      AICODEREVAL_LOG_FORMAT: 'json',
    };
    const args = [...FLAT_HEAP, packagePath('dist/workers/main.js'), role, home, String(this.file.grpc), String(slots)];
    const start = async () => {
      const port = await this.metricsPort();
      const more = port === null ? [] : [String(port)];
      const child = await spawnLogged(process.execPath, { home, name: crew.join('-'), args: [...args, ...more], env });
      const starts = (this.sources.get(role)?.starts ?? 0) + 1;
      if (port !== null && child.pid !== undefined) this.sources.set(role, { role, port, pid: child.pid, starts });
      return child;
    };
    const worker = new Supervised(`the ${role} worker`, start, log);
    this.children.push(worker);
    await worker.launch();
  }

  /** A port for each start: one that somebody else has taken meanwhile ends the worker, and the next start finds another. */
  private async metricsPort(): Promise<number | null> {
    return this.metrics === null ? null : freePort(0);
  }
}
