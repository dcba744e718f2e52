import { afterAll, afterEach, beforeAll, beforeEach, expect } from '@jest/globals';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ensureHubFile, type HubFile } from '../../../infra/datasets/hub.js';
import { UserError } from '../../../infra/errors.js';
import { someBytes, startFileServer, type FileServer, type Manner } from '../tools/file-server.js';

export const content = someBytes(300_000);
export const sha256 = createHash('sha256').update(content).digest('hex');
export const gitId = createHash('sha1').update(`blob ${content.length}\0`).update(content).digest('hex');
export const REVISION = '0123456789abcdef0123456789abcdef01234567';
export const TOKEN = 'hf_secretOfTheUser';
export const PATH = `/datasets/some/data/resolve/${REVISION}/test/rows.jsonl`;
export const file: HubFile = { repo: 'some/data', revision: REVISION, path: 'test/rows.jsonl' };
export const lfs = {
  'x-linked-etag': `"${sha256}"`,
  'x-linked-size': String(content.length),
  'x-repo-commit': REVISION,
};
export const serve: Manner = { kind: 'serve' };

let root: string;
export let home: string;
let servers: FileServer[];

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'hub-test-'));
});
beforeEach(async () => {
  home = await mkdtemp(join(root, 'home-'));
  servers = [];
});
afterEach(() => Promise.all(servers.map((server) => server.close())));
afterAll(() => rm(root, { recursive: true }));

export async function start(manners: readonly Manner[], body = content): Promise<FileServer> {
  const server = await startFileServer(body, ...manners);
  servers.push(server);
  return server;
}

/** The environment of a user whose hub is `server`; other caches of the machine are out of sight. */
export function environment(server: FileServer | string, more: Record<string, string> = {}): Record<string, string> {
  const endpoint = typeof server === 'string' ? server : new URL(server.url).origin;
  return { HF_ENDPOINT: endpoint, HF_HOME: join(home, 'hf'), ...more };
}

export const target = () => join(home, 'datasets', 'hub', 'some', 'data', REVISION, 'test', 'rows.jsonl');

export function ensure(file: HubFile, env: Record<string, string>): Promise<string> {
  return ensureHubFile(file, { home, env });
}

export async function expectWhole(got: Promise<string>): Promise<void> {
  expect(await got).toBe(target());
  expect(readFileSync(target()).equals(content)).toBe(true);
  expect(readdirSync(dirname(target())).sort()).toEqual(['rows.jsonl', 'rows.jsonl.sha256']);
}

export async function errorOf(got: Promise<unknown>): Promise<UserError> {
  const error = await got.catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(UserError);
  return error as UserError;
}
