import type { WorkerOptions } from '@temporalio/worker';
import type { Config } from '../infra/config.js';
import type { Logger } from '../infra/log.js';
import type { Metrics } from '../infra/metrics/metrics.js';

export const ROLES = ['control', 'model', 'sandbox', 'gpu'] as const;
export type Role = (typeof ROLES)[number];

/**
 * Roles that share a process. Apart, what fails or grows in one leaves the others alone, and keys are where models are asked; a command
 * of minutes starts sooner with fewer.
 */
export type Crew = readonly Role[];

/** A process for each role. */
export const ALL_APART: readonly Crew[] = ROLES.map((role) => [role]);

/** What a role runs: one Temporal worker for each queue, and what to close after they have drained. */
export interface RoleParts {
  readonly workers: readonly Omit<WorkerOptions, 'connection' | 'namespace'>[];
  close(): Promise<void>;
}

export interface RoleContext {
  readonly config: Config;
  readonly log: Logger;
  readonly metrics: Metrics;
  /** Programs at the same time, for the role `sandbox`. */
  readonly slots: number;
  /** Programs at the same time on each GPU, for the role `gpu`. */
  readonly perGpu: number;
}

/** Opens what the role runs; each loads what it needs alone. */
export async function openRole(role: Role, context: RoleContext): Promise<RoleParts> {
  if (role === 'control') return (await import('./open-control.js')).openControl(context);
  if (role === 'model') return (await import('./open-model.js')).openModel(context);
  if (role === 'gpu') return (await import('./open-gpu.js')).openGpu(context);
  return (await import('./open-sandbox.js')).openSandbox(context);
}
