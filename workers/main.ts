import { availableParallelism } from 'node:os';
import { type LogLevel, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { CONTROL_QUEUE } from '../domain/queues.js';
import { type Config, readConfig } from '../infra/config.js';
import { UserError } from '../infra/errors.js';
import { embeddedServer, untilAnswering } from '../infra/temporal/connect.js';
import { workflowPollers } from '../infra/temporal/pollers.js';
import { createLogger, type Logger } from '../infra/log.js';
import { type MetricsAddress, serveMetrics } from '../infra/metrics/endpoint.js';
import { bucketsByName, openMetrics } from '../infra/metrics/metrics.js';
import { freePort } from '../infra/ports.js';
import { packagePath } from '../infra/package-path.js';
import { elsewhere } from './role-options.js';
import { openRole, type Role, type RoleContext, type RoleParts, ROLES } from './roles.js';

/** How many programs a worker runs at the same time: in all, and on each GPU. */
export type Capacity = Pick<RoleContext, 'slots' | 'perGpu'>;

/** As `runWorkers`, with the metrics of this process served where they are wanted. */
export async function serveWorkers(
  roles: readonly Role[],
  config: Config,
  capacity: Capacity,
  metrics: MetricsAddress | null,
): Promise<void> {
  if (metrics === null) return runWorkers(roles, config, capacity, null);
  const port = await freePort(0);
  const endpoint = await serveMetrics(metrics, () =>
    port === null ? [] : [{ role: roles.join(','), port, pid: process.pid, starts: 1 }],
  );
  process.stderr.write(`Metrics: ${endpoint.url}\n`);
  try {
    await runWorkers(roles, config, capacity, port);
  } finally {
    await endpoint.close();
  }
}

/** Works for these roles until SIGTERM or SIGINT, then drains. `config.cluster` must be set. */
async function runWorkers(
  roles: readonly Role[],
  config: Config,
  capacity: Capacity,
  metricsPort: number | null,
): Promise<void> {
  const { cluster } = config;
  if (cluster === null) {
    throw new UserError('A worker needs a Temporal server.', {
      hint: 'Set TEMPORAL_ADDRESS, or use "aicodereval up", which brings its own.',
      exitCode: 2,
    });
  }
  const log = createLogger(config.logs, `worker ${roles.join(',')}`);
  installRuntime(log, roles, metricsPort);
  const metrics = openMetrics(Runtime.instance().metricMeter, roles);
  const { address, tls, apiKey, metadata } = cluster.connection;
  const connection = await NativeConnection.connect({
    ...(address === undefined ? {} : { address }),
    ...(tls === undefined ? {} : { tls }),
    ...(typeof apiKey === 'string' ? { apiKey } : {}),
    ...(metadata === undefined ? {} : { metadata }),
  });
  const parts: RoleParts[] = [];
  try {
    if (roles.includes('control')) await refuseSecondControl(connection, cluster.namespace);
    for (const role of roles) parts.push(await openRole(role, { config, log, metrics, ...capacity }));
    const options = parts.flatMap(({ workers }) => workers);
    const { namespace } = cluster;
    const workers = await Promise.all(options.map((each) => Worker.create({ ...each, connection, namespace })));
    // One that fails takes the others along: a half-working process would look alive.
    const runs = workers.map((worker) => worker.run().finally(() => stop(workers)));
    await Promise.all(runs);
  } finally {
    await Promise.all(parts.map((part) => part.close()));
    await connection.close();
  }
}

/** What the role writes is guarded against others on this machine alone: on two, rows of finished cells would get lost. */
async function refuseSecondControl({ workflowService }: NativeConnection, namespace: string): Promise<void> {
  const other = elsewhere('control', await workflowPollers(workflowService, namespace, CONTROL_QUEUE));
  if (other === null) return;
  throw new UserError(`The role control of this namespace runs on ${other}, and may run on one machine alone.`, {
    hint: 'Leave control out of --role here. A worker that has ended there is forgotten after 90 seconds.',
    exitCode: 3,
  });
}

function stop(workers: readonly Worker[]): void {
  for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown();
}

/** What Temporal warns of at the start of each worker that is for activities alone, as most of ours are. */
const NO_WORKFLOWS = 'No workflows registered';

/** Temporal's own log goes where ours goes, and our metrics where its own go: to an exporter on loopback, if there is a port. */
function installRuntime(log: Logger, roles: readonly Role[], metricsPort: number | null): void {
  const levels = { TRACE: 'trace', DEBUG: 'debug', INFO: 'info', WARN: 'warn', ERROR: 'error' } as const;
  const write = (level: LogLevel, message: string, meta?: object): void =>
    log[message.startsWith(NO_WORKFLOWS) ? 'debug' : levels[level]](meta ?? {}, message);
  Runtime.install({
    logger: {
      log: write,
      trace: (message, meta) => write('TRACE', message, meta),
      debug: (message, meta) => write('DEBUG', message, meta),
      info: (message, meta) => write('INFO', message, meta),
      warn: (message, meta) => write('WARN', message, meta),
      error: (message, meta) => write('ERROR', message, meta),
    },
    telemetryOptions: {
      logging: { filter: { core: 'WARN', other: 'WARN' }, forward: {} },
      ...(metricsPort === null ? {} : { metrics: exporter(metricsPort, roles) }),
    },
  });
}

/** Names and units as Prometheus wants them: seconds, and counters that end in _total. */
function exporter(port: number, roles: readonly Role[]) {
  return {
    attachServiceName: false,
    globalTags: { role: roles.join(',') },
    prometheus: {
      bindAddress: `127.0.0.1:${port}`,
      countersTotalSuffix: true,
      unitSuffix: true,
      useSecondsForDurations: true,
      histogramBucketOverrides: bucketsByName(),
    },
  };
}

/** Cores that programs may use at the same time. */
export function defaultSlots(): number {
  return availableParallelism();
}

function isRole(name: string): name is Role {
  return ROLES.some((role) => role === name);
}

/** "control,model" -> roles. Throws a `UserError` (exit 2). */
export function parseRoles(text: string): Role[] {
  const names = text.split(',').map((name) => name.trim());
  const wrong = names.find((name) => !isRole(name));
  if (wrong !== undefined) {
    throw new UserError(`There is no role "${wrong}".`, { hint: `Roles are ${ROLES.join(', ')}.`, exitCode: 2 });
  }
  return names.filter(isRole);
}

/** Entry of the processes that a host starts; plain arguments: roles, home folder, port of the server, slots, port for metrics. */
if (process.argv[1] === packagePath('dist/workers/main.js')) {
  const [roles = '', home = '', grpc = '', slots = '', metricsPort] = process.argv.slice(2);
  const server = embeddedServer(Number(grpc));
  const config = readConfig(home, server);
  const log = createLogger(config.logs, `worker ${roles}`);
  try {
    // The host starts its server at the same time, and ends this process if that fails.
    await untilAnswering(server.connection, () => true);
    const port = metricsPort === undefined ? null : Number(metricsPort);
    await runWorkers(parseRoles(roles), config, { slots: Number(slots), perGpu: 1 }, port);
  } catch (error) {
    log.fatal({ error }, 'The worker ends');
    process.exit(1);
  }
}
