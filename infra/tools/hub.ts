import { homedir } from 'node:os';
import { basename, join } from 'node:path';
import { UserError } from '../errors.js';
import { downloadFile } from './download.js';
import { Refused } from './file-request.js';
import type { ToolContext } from './install.js';
import type { CommandEnv } from './run-command.js';

const HUB = 'https://huggingface.co';

/** One file of a repository on the Hugging Face hub. */
export interface HubPath {
  readonly kind: 'models' | 'datasets';
  /** Owner and name, e.g. "some/data". */
  readonly repo: string;
  /** Commit, branch or tag. */
  readonly revision: string;
  /** Path in the repository. */
  readonly path: string;
}

/** What a file of the hub is checked by. */
interface HubPin {
  readonly sha256: string | null;
  readonly bytes: number | null;
  readonly connectTimeoutMs?: number;
}

/** The address of a file on the hub, or on the mirror that `HF_ENDPOINT` names. */
export function hubFileUrl({ revision, path, ...repo }: HubPath, env: CommandEnv): string {
  return `${repoUrl(repo, env)}/resolve/${revision}/${path.split('/').map(encodeURIComponent).join('/')}`;
}

/** Where the hub's own client keeps a file of this commit for this user; it may not be there. */
export function hubCachePath({ kind, repo, revision, path }: HubPath, env: CommandEnv): string {
  const caches = env['XDG_CACHE_HOME'] || join(env['HOME'] || homedir(), '.cache');
  const root = env['HF_HUB_CACHE'] || join(env['HF_HOME'] || join(caches, 'huggingface'), 'hub');
  return join(root, [kind, ...repo.split('/')].join('--'), 'snapshots', revision, path);
}

/**
 * Downloads a file of the hub, or of the mirror that `HF_ENDPOINT` names, with the user's `HF_TOKEN`; as `downloadFile`.
 * `HF_HUB_OFFLINE` or `AICODEREVAL_OFFLINE` forbid it. Throws an Error that says what a refusal means.
 */
export async function downloadHubFile(file: HubPath, to: string, pin: HubPin, ctx: ToolContext): Promise<void> {
  const env = ctx.env ?? {};
  const forbidding = offlineBy(env);
  if (forbidding !== null) throw new Error(`not asked, since ${forbidding} is set`);
  const { onProgress, signal } = ctx;
  const url = hubFileUrl(file, env);
  try {
    await downloadFile({ ...pin, url, to, what: basename(file.path), headers: tokenHeaders(env), onProgress, signal });
  } catch (error) {
    throw error instanceof Refused ? new Error(explain(error, file, env)) : error;
  }
}

/** The variable that forbids asking for data sets and weights; null if none does. */
export function offlineBy(env: CommandEnv): string | null {
  const names = ['AICODEREVAL_OFFLINE', 'HF_HUB_OFFLINE'];
  return names.find((name) => /^(?:1|on|yes|true)$/i.test(env[name] ?? '')) ?? null;
}

function tokenHeaders(env: CommandEnv): Readonly<Record<string, string>> {
  const token = env['HF_TOKEN']?.trim() ?? '';
  if (token === '') return {};
  if (/^[\x21-\x7E]+$/.test(token)) return { authorization: `Bearer ${token}` };
  // Node's own error for such a header would show it.
  throw new UserError('HF_TOKEN holds characters that no token has.', {
    hint: 'Set it to a token of the hub ("hf_..."), or unset it.',
    exitCode: 2,
  });
}

function repoUrl({ kind, repo }: Pick<HubPath, 'kind' | 'repo'>, env: CommandEnv): string {
  const endpoint = (env['HF_ENDPOINT'] || HUB).replace(/\/+$/, '');
  return `${endpoint}/${kind === 'datasets' ? 'datasets/' : ''}${repo}`;
}

/** What the hub's refusal means, and what to do. */
function explain({ status, reason, message }: Refused, file: HubPath, env: CommandEnv): string {
  const { repo, revision, path } = file;
  const page = repoUrl(file, env);
  if (status === 401 || status === 403) {
    const token = (env['HF_TOKEN'] ?? '') === '' ? 'set HF_TOKEN to' : 'HF_TOKEN has to be';
    return `${message}: ${repo} is private, gated or not there. Ask for access on ${page}; ${token} a token that may read it`;
  }
  if (reason === 'RevisionNotFound') return `${message}: ${repo} has no revision ${revision}. See ${page}/commits/main`;
  if (status === 404) return `${message}: ${repo} has no ${path} at ${revision}. See ${page}/tree/${revision}`;
  return message;
}
