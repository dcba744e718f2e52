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

/** Variables with their values. */
type Settings = Readonly<Record<string, string>>;

/**
 * The only reader of `process.env`. With a `cluster`, Temporal's own settings are not looked at. Throws UserError (exit 2)
 * for a value that can't be.
 */
export function readConfig(home?: string, cluster?: ClusterConfig): Config {
  if (home === '') {
    throw new UserError('--home names no folder.', { hint: 'Name one, or leave --home out.', exitCode: 2 });
  }
  const env = process.env;
  const settings = filled(env);
  return {
    home: resolve(home ?? settings['AICODEREVAL_HOME'] ?? '.aicodereval'),
    cluster: cluster ?? readCluster(settings),
    docker: readDocker(settings),
    weightsFile: settings['AICODEREVAL_WEIGHTS'] ?? null,
    apiRecords: settings['AICODEREVAL_API_RECORDS'] ?? null,
    logs: readLogs(settings),
    env,
  };
}

/** Set but empty is not set, except where Temporal knows such a variable: it takes a header out of a profile. */
function filled(env: Config['env']): Settings {
  return only(env, (name, value) => value !== '' || name.startsWith('TEMPORAL_GRPC_META_'));
}

function readCluster(env: Settings): ClusterConfig | null {
  const { connectionOptions, namespace } = loadTemporalSettings(env);
  if (connectionOptions.address === undefined) return null;
  return { connection: connectionOptions, namespace: namespace ?? 'default' };
}

function loadTemporalSettings(env: Settings): ReturnType<typeof loadClientConnectConfig> {
  try {
    return loadClientConnectConfig({ overrideEnvVars: env });
  } catch (error) {
    const { message, line } = error as Error & { readonly line?: number };
    // Below its first line the message quotes lines of the file, where keys may stand.
    const why = `${message.split('\n')[0]}${line === undefined ? '' : ` (line ${line})`}`;
    const file = env['TEMPORAL_CONFIG_FILE'] ?? 'unset: temporalio/temporal.toml in ~/.config';
    throw new UserError(`Temporal's settings can't be used: ${why}`, {
      hint: `Correct or unset what it is about: TEMPORAL_PROFILE, TEMPORAL_TLS_*, or TEMPORAL_CONFIG_FILE (${file}).`,
      exitCode: 2,
    });
  }
}

function readDocker(env: Settings): DockerConfig {
  const budget = bytes.safeParse(env[IMAGE_BUDGET] ?? '20GiB');
  if (!budget.success) {
    const hint = 'Write a size such as 20GiB, or leave it unset.';
    throw new UserError(`${IMAGE_BUDGET} is "${env[IMAGE_BUDGET]}".`, { hint, exitCode: 2 });
  }
  return { image: env['AICODEREVAL_DOCKER_IMAGE'] ?? 'aicodereval/base', imageBudgetBytes: budget.data };
}

function readLogs(env: Settings): LogConfig {
  const format = env['AICODEREVAL_LOG_FORMAT'];
  return {
    level: oneOf(LOG_LEVELS, 'AICODEREVAL_LOG', env['AICODEREVAL_LOG'] ?? 'info'),
    format: format === undefined ? null : oneOf(LOG_FORMATS, 'AICODEREVAL_LOG_FORMAT', format),
    isColourless: env['NO_COLOR'] !== undefined,
    // White space round a key is not sent, so hosts quote it without.
    secrets: Object.entries(env).flatMap(([name, value]) => (SECRET.test(name) ? [value.trim()] : [])),
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
  /^(PATH|HOME|USER|LOGNAME|SHELL|LANG|LC_\w+|LD_LIBRARY_PATH|DOCKER_(?:HOST|TLS_VERIFY|CERT_PATH)|TZ|TMPDIR|TERM|NO_COLOR|XDG_\w+|NODE_EXTRA_CA_CERTS|SSL_CERT_\w+|AICODEREVAL_\w+)$/;

/** The environment for processes that are told where their server is: Temporal's settings are of another one. */
export function withoutTemporal(env: Config['env']): Record<string, string> {
  return only(env, (name) => !name.startsWith('TEMPORAL_'));
}

/** The environment for processes that ask no model: no key of the user's reaches them. */
export function withoutKeys(env: Config['env']): Record<string, string> {
  return only(env, (name) => HARMLESS.test(name));
}

function only(env: Config['env'], isKept: (name: string, value: string) => boolean): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).filter(
      (entry): entry is [string, string] => entry[1] !== undefined && isKept(entry[0], entry[1]),
    ),
  );
}
