import { resolve } from 'node:path';
import { loadClientConnectConfig } from '@temporalio/envconfig';
import type { ConnectionOptions } from '@temporalio/client';
import { UserError } from './errors.js';
import { LOG_FORMATS, LOG_LEVELS, type LogConfig } from './log.js';
import { bytes } from './parse/quantity.js';

const IMAGE_BUDGET = 'AICODEREVAL_DOCKER_IMAGE_BUDGET';

/** Where an existing Temporal cluster answers, and how to reach it. */
export interface ClusterConfig {
  readonly connection: ConnectionOptions;
  readonly namespace: string;
}

/** What the sandbox's containers are made of on this host. */
export interface DockerConfig {
  /** Image that programs run in, by name, name@digest or id. */
  readonly image: string;
  /** Disk that images of ours may take. */
  readonly imageBudgetBytes: number;
}

/** Everything that the environment decides. */
export interface Config {
  /** Absolute path of the home folder. */
  readonly home: string;
  /** From `TEMPORAL_ADDRESS` or a Temporal profile; null means the embedded server of the home. */
  readonly cluster: ClusterConfig | null;
  readonly docker: DockerConfig;
  /** A local file of the embedded model's weights. */
  readonly weightsFile: string | null;
  /** A file of API records that look-ups search too; null for none. */
  readonly apiRecords: string | null;
  readonly logs: LogConfig;
  /** The whole environment: model adapters take their keys from it, nobody else looks. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** The only reader of `process.env`. */
export function readConfig(home?: string): Config {
  const env = process.env;
  return {
    home: resolve(home ?? env['AICODEREVAL_HOME'] ?? '.aicodereval'),
    cluster: readCluster(env),
    docker: readDocker(env),
    weightsFile: env['AICODEREVAL_WEIGHTS'] ?? null,
    apiRecords: env['AICODEREVAL_API_RECORDS'] ?? null,
    logs: readLogs(env),
    env,
  };
}

function readCluster(env: NodeJS.ProcessEnv): ClusterConfig | null {
  const { connectionOptions, namespace } = loadClientConnectConfig();
  const isNamed = env['TEMPORAL_ADDRESS'] !== undefined || connectionOptions.address !== undefined;
  return isNamed ? { connection: connectionOptions, namespace: namespace ?? 'default' } : null;
}

function readDocker(env: NodeJS.ProcessEnv): DockerConfig {
  const budget = bytes.safeParse(env[IMAGE_BUDGET] ?? '20GiB');
  if (!budget.success) {
    const hint = 'Write a size such as 20GiB, or leave it unset.';
    throw new UserError(`${IMAGE_BUDGET} is "${env[IMAGE_BUDGET]}".`, { hint, exitCode: 2 });
  }
  return { image: env['AICODEREVAL_DOCKER_IMAGE'] ?? 'aicodereval/base', imageBudgetBytes: budget.data };
}

function readLogs(env: NodeJS.ProcessEnv): LogConfig {
  const format = env['AICODEREVAL_LOG_FORMAT'] ?? '';
  return {
    level: oneOf(LOG_LEVELS, 'AICODEREVAL_LOG', env['AICODEREVAL_LOG'] ?? 'info'),
    format: format === '' ? null : oneOf(LOG_FORMATS, 'AICODEREVAL_LOG_FORMAT', format),
    isColourless: (env['NO_COLOR'] ?? '') !== '',
    secrets: Object.entries(env).flatMap(([name, value = '']) => (SECRET.test(name) ? [value] : [])),
  };
}

function oneOf<T extends string>(all: readonly T[], name: string, value: string): T {
  const found = all.find((one) => one === value);
  if (found !== undefined) return found;
  throw new UserError(`${name} is "${value}".`, { hint: `It may be ${all.join(', ')}.`, exitCode: 2 });
}

/** Names of variables whose values are nobody's business. */
const SECRET = /key|token|secret|passw|credential|auth/i;

/** Variables that a process without keys may see. */
const HARMLESS =
  /^(PATH|HOME|USER|LOGNAME|SHELL|LANG|LC_\w+|DOCKER_(?:HOST|TLS_VERIFY|CERT_PATH)|TZ|TMPDIR|TERM|NO_COLOR|XDG_\w+|NODE_EXTRA_CA_CERTS|SSL_CERT_\w+|AICODEREVAL_\w+)$/;

/** The environment for processes that ask no model: no key of the user's reaches them. */
export function withoutKeys(env: Config['env']): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).filter((entry): entry is [string, string] => HARMLESS.test(entry[0]) && entry[1] !== undefined),
  );
}
