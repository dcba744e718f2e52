import { existsSync } from 'node:fs';
import { copyFile, realpath, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { UserError } from '../errors.js';
import { syncFolder } from '../fs.js';
import { gitBlobId, renameDurably, sha256File } from '../tools/files.js';
import { downloadHubFile, hubCachePath, hubFileUrl, type HubPath } from '../tools/hub.js';
import type { Source, ToolContext } from '../tools/install.js';
import type { SuiteContext } from './dataset.js';
import { ensureRecorded } from './recorded.js';

/** One file of a data set on the Hugging Face hub. */
export interface HubFile {
  /** Owner and name, e.g. "some/data". */
  readonly repo: string;
  /** A commit, 40 hexadecimal digits: what it names never changes. */
  readonly revision: string;
  /** Path in the repository. */
  readonly path: string;
}

/** A suite's file on the hub, and where people find its commits. */
export interface HubSource {
  readonly suite: string;
  readonly repository: string;
  readonly path: string;
}

/**
 * The local file that the user named, or the suite's file at the commit that they named (`revision`).
 * Throws UserError: exit 2 if neither was, and as `ensureHubFile`.
 */
export async function fileOrHub({ suite, repository, path }: HubSource, ctx: SuiteContext): Promise<string> {
  const { file, revision } = ctx;
  if (file !== null) return file;
  if (revision !== undefined) return ensureHubFile({ repo: repository, revision, path }, ctx);
  throw new UserError(`The suite "${suite}" needs a file, or the commit of ${repository} to take it from.`, {
    hint: `Set \`file\` of the suite to a copy of ${path} (--tasks of grade), or \`revision\` (--revision) to a commit of https://huggingface.co/datasets/${repository}/commits/main.`,
    exitCode: 2,
  });
}

/** To the hub's first byte, redirects included: there is no other source that could be quicker. */
const CONNECT_TIMEOUT_MS = 20_000;

/**
 * Path of a file of the hub, `<home>/datasets/hub/<repo>/<revision>/<path>`, held at every call against the SHA-256 that it
 * came with. Taken from the cache of the hub's own client (`HF_HUB_CACHE`, `HF_HOME`) if it fits, else downloaded, with
 * `HF_TOKEN`, from the hub or `HF_ENDPOINT`, unless `HF_HUB_OFFLINE` or `AICODEREVAL_OFFLINE` forbid it. One process at a time.
 * Throws UserError (exit 3) that says what was tried and how to do without.
 */
export async function ensureHubFile(file: HubFile, ctx: ToolContext): Promise<string> {
  const target = join(ctx.home, 'datasets', 'hub', ...file.repo.split('/'), file.revision, file.path);
  const path: HubPath = { ...file, kind: 'datasets' };
  const url = hubFileUrl(path, ctx.env ?? {});
  const sources = (sha256: string | null): Source[] => {
    const pin = { sha256, bytes: null, connectTimeoutMs: CONNECT_TIMEOUT_MS };
    const hub: Source = { name: url, install: () => downloadHubFile(path, target, pin, ctx) };
    const cached = hubCachePath(path, ctx.env ?? {});
    return existsSync(cached) ? [{ name: cached, install: () => copyCached(cached, sha256, target) }, hub] : [hub];
  };
  return ensureRecorded({ target, url, sources }, ctx);
}

/** The client's cache names content by its hash: SHA-256 for large files, git's id for small ones. */
async function copyCached(cached: string, sha256: string | null, target: string): Promise<void> {
  const expected = sha256 ?? basename(await realpath(cached));
  const copy = `${target}.copy`;
  await copyFile(cached, copy);
  const found = await (expected.length === 40 ? gitBlobId(copy) : sha256File(copy));
  if (found !== expected) {
    await rm(copy);
    throw new Error(`its content is not what was expected (${found} instead of ${expected})`);
  }
  await syncFolder(copy);
  await renameDurably(copy, target);
}
