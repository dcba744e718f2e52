import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type Config, readConfig, withoutKeys, withoutTemporal } from '../../infra/config.js';

const before = process.env;
let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'aicodereval-config-'));
});
afterEach(() => {
  process.env = before;
  rmSync(folder, { recursive: true });
});

/** What these variables decide, where there is no configuration of Temporal's but the test's own. */
function decided(env: Readonly<Record<string, string>>, home?: string): Omit<Config, 'env'> {
  process.env = { XDG_CONFIG_HOME: folder, ...env };
  const { env: _, ...config } = readConfig(home);
  return config;
}

/** Temporal's configuration file; its path. */
function writeProfiles(...lines: readonly string[]): string {
  const file = join(folder, 'temporalio', 'temporal.toml');
  mkdirSync(join(folder, 'temporalio'));
  writeFileSync(file, lines.join('\n'));
  return file;
}

describe('a variable that is empty counts as unset', () => {
  test.each([
    'AICODEREVAL_HOME',
    'AICODEREVAL_WEIGHTS',
    'AICODEREVAL_API_RECORDS',
    'AICODEREVAL_DOCKER_IMAGE',
    'AICODEREVAL_DOCKER_IMAGE_BUDGET',
    'AICODEREVAL_LOG',
    'AICODEREVAL_LOG_FORMAT',
    'NO_COLOR',
    'TEMPORAL_ADDRESS',
    'TEMPORAL_NAMESPACE',
    'TEMPORAL_API_KEY',
    'TEMPORAL_PROFILE',
    'TEMPORAL_CONFIG_FILE',
  ])('%s', (name) => {
    expect(decided({ [name]: '' })).toEqual(decided({}));
    const cluster = { TEMPORAL_ADDRESS: 'there:7233' };
    if (name !== 'TEMPORAL_ADDRESS') expect(decided({ ...cluster, [name]: '' })).toEqual(decided(cluster));
  });

  test('but takes a header out of a profile, as Temporal has it', () => {
    writeProfiles('[profile.default]', 'address = "there:7233"', '[profile.default.grpc_meta]', 'team = "red"');
    expect(decided({}).cluster?.connection.metadata).toEqual({ team: 'red' });
    expect(decided({ TEMPORAL_GRPC_META_TEAM: '' }).cluster?.connection.metadata).toEqual({});
  });

  test('and an empty --home is refused', () => {
    expect(() => decided({}, '')).toThrow(
      expect.objectContaining({ message: expect.stringContaining('--home'), exitCode: 2 }),
    );
    expect(decided({}).home).toBe(resolve('.aicodereval'));
  });
});

describe('Temporal settings', () => {
  test('name a cluster by an address alone, wherever it stands', () => {
    const cloud = { TEMPORAL_NAMESPACE: 'elsewhere', TEMPORAL_API_KEY: 'the-key-of-a-cluster' };
    expect(decided(cloud).cluster).toBeNull();
    expect(decided({ ...cloud, TEMPORAL_ADDRESS: 'there:7233' }).cluster).toMatchObject({
      namespace: 'elsewhere',
      connection: { address: 'there:7233', apiKey: 'the-key-of-a-cluster' },
    });
    writeProfiles('[profile.default]', 'address = "there:7233"');
    expect(decided({}).cluster).toMatchObject({ namespace: 'default', connection: { address: 'there:7233' } });
  });

  test.each<[string, readonly string[], Readonly<Record<string, string>>, string]>([
    ['a profile that is not there', ['[profile.default]'], { TEMPORAL_PROFILE: 'prod' }, "Profile 'prod' not found"],
    ['a file that is no TOML', ['[profile.default]', 'address = ', 'api_key = "the-key-of-a-profile"'], {}, '(line 2)'],
  ])('%s: refused with what, where and cure, and without what stands in the file', (_, lines, env, words) => {
    const file = writeProfiles(...lines);
    let refusal: unknown;
    try {
      decided({ ...env, TEMPORAL_CONFIG_FILE: file });
    } catch (error) {
      refusal = error;
    }
    expect(refusal).toMatchObject({ name: 'UserError', exitCode: 2, message: expect.stringContaining(words) });
    expect(refusal).toMatchObject({ hint: expect.stringContaining(`TEMPORAL_CONFIG_FILE (${file})`) });
    const { message, cause } = refusal as Error;
    expect(`${message} ${String(cause)}`).not.toContain('the-key-of-a-profile');
  });
});

test('a key is kept out of logs without the white space round it, as it is sent', () => {
  expect(decided({ OPENAI_API_KEY: ' sk-0123456789abcdef\n', NAME: ' x ' }).logs.secrets).toEqual([
    'sk-0123456789abcdef',
  ]);
});

test('a process of the embedded server has the keys of models, and none of a cluster', () => {
  const env = { OPENAI_API_KEY: 'sk-0123456789abcdef', CUDA_VISIBLE_DEVICES: '' };
  expect(withoutTemporal({ ...env, TEMPORAL_API_KEY: 'the-key-of-a-cluster', TEMPORAL_PROFILE: 'prod' })).toEqual(env);
});

test('a process without keys still finds its libraries', () => {
  const harmless = { PATH: '/usr/bin', LD_LIBRARY_PATH: '/opt/lib', AICODEREVAL_LOG: 'debug' };
  expect(withoutKeys({ ...harmless, OPENAI_API_KEY: 'sk-0123456789abcdef', LD_PRELOAD: '/opt/evil.so' })).toEqual(
    harmless,
  );
});
