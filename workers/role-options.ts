import { hostname } from 'node:os';
import type { Metrics } from '../infra/metrics/metrics.js';
import { countFaults } from './count-faults.js';
import type { Role } from './roles.js';

/** Unique among all processes that ever worked in this home: it names journals. */
export function workerName(role: Role): string {
  return `${hostname()}-${role}-${process.pid}-${Date.now().toString(36)}`;
}

/** Another machine where a worker of this role runs, by the names of its workers; null if there is none. */
export function elsewhere(role: Role, names: readonly string[]): string | null {
  const hosts = names.map((name) => name.slice(0, Math.max(0, name.lastIndexOf(`-${role}-`))));
  return hosts.find((host) => host !== '' && host !== hostname()) ?? null;
}

/** Running activities get ten seconds to finish when a worker is told to stop: an answer under way is paid for. */
export function common(identity: string, metrics: Metrics) {
  return {
    identity,
    interceptors: { activity: [countFaults(metrics)] },
    shutdownGraceTime: '10 seconds',
    shutdownForceTime: '15 seconds',
    maxHeartbeatThrottleInterval: '2 seconds',
  };
}
