import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Failure } from '../../domain/failures.js';
import { groupBy } from '../../domain/group-by.js';
import { UserError } from '../errors.js';
import { readReplayFile, type Recording } from '../parse/replay-file.js';
import { canonicalJson, sha256 } from '../store/digest.js';
import { costUsd, type Model, type ModelAnswer, type ModelRequest } from './model.js';

/**
 * SHA-256 of what decides an answer: messages, temperature, top_p, max_tokens, seed and stop, as JSON with sorted
 * keys. The model's name is left out, so that one recording may stand in for any model.
 */
export function requestHash({ messages, seed, spec }: ModelRequest): string {
  const { temperature, topP, maxTokens, stop } = spec;
  return sha256(canonicalJson({ messages, temperature, top_p: topP, max_tokens: maxTokens, seed, stop }));
}

/** One line of a replay file, with its line feed, that answers `request` with `answer` from now on. */
export function recordLine(request: ModelRequest, answer: ModelAnswer): string {
  return `${recordingLine(requestHash(request), answer, {})}\n`;
}

/** The same by the request's hash; `place` tells several answers to one request apart, `taskId` what it is an answer to. */
export function recordingLine(
  requestSha256: string,
  answer: Pick<ModelAnswer, 'text' | 'finishReason' | 'promptTokens' | 'completionTokens' | 'model'>,
  { place, taskId }: { readonly place?: string; readonly taskId?: string },
): string {
  return JSON.stringify({
    request_sha256: requestSha256,
    ...(place === undefined ? {} : { place }),
    ...(taskId === undefined ? {} : { task_id: taskId }),
    completion: answer.text,
    finish_reason: answer.finishReason,
    prompt_tokens: answer.promptTokens,
    completion_tokens: answer.completionTokens,
    model: answer.model,
  });
}

/** "<sweep>/<suite>/<task>/<model>/<strategy>/<sample>/a1" -> "<strategy>/<sample>/a1": the same in a sweep and in its replay. */
export function placeOf(key: string): string {
  return key.split('/').slice(-3).join('/');
}

interface Recordings {
  readonly byHash: ReadonlyMap<string, readonly Recording[]>;
  readonly byMatch: readonly Recording[];
}

/**
 * `replay:<file>`: recorded answers (format: infra/parse/replay-file.ts). A hash goes before a `match`, the first
 * `match` before later ones, of lines with one hash the one with the attempt's
 * `place`, else the last. The file is read at the first request, and again once it has changed.
 * Throws `ReplayMiss` for a request that nobody recorded, and for a file that can't be used.
 */
export function replayModel(path: string): Model {
  const file = resolve(path);
  let loaded: { readonly state: string; readonly recordings: Promise<Recordings> } | undefined;
  return {
    async generate(request, signal) {
      signal.throwIfAborted();
      const state = await stateOf(file);
      if (loaded?.state !== state) {
        const recordings = load(file).catch((error: unknown) => {
          loaded = undefined;
          throw error;
        });
        loaded = { state, recordings };
      }
      return toAnswer(find(await loaded.recordings, request, file), request);
    },
    close: () => Promise.resolve(),
  };
}

/** What changes when a file does, or when it comes to be there. */
async function stateOf(file: string): Promise<string> {
  const found = await stat(file).catch(() => null);
  return found === null ? '' : `${found.size} ${found.mtimeMs} ${found.ctimeMs}`;
}

async function load(file: string): Promise<Recordings> {
  try {
    const recordings = await readReplayFile(file);
    const byHash = groupBy(recordings, ({ requestSha256 }) => requestSha256 ?? '');
    return { byHash, byMatch: recordings.filter(({ match }) => match !== null) };
  } catch (cause) {
    if (cause instanceof UserError) throw new Failure('ReplayMiss', `${cause.message}. ${cause.hint}`, { cause });
    throw cause;
  }
}

function find({ byHash, byMatch }: Recordings, request: ModelRequest, file: string): Recording {
  const hash = requestHash(request);
  const last = request.messages.at(-1)?.content ?? '';
  const exact = byHash.get(hash) ?? [];
  const here = placeOf(request.key);
  const found =
    exact.findLast(({ place }) => place === here) ??
    exact.at(-1) ??
    byMatch.find(({ match }) => match !== null && last.includes(match));
  if (found !== undefined) return found;
  const cure = 'record it, or add a line with this request_sha256 or a match';
  throw new Failure('ReplayMiss', `No answer to request ${hash} in ${file}: ${cure}`);
}

function toAnswer(found: Recording, { spec }: ModelRequest): ModelAnswer {
  const { completion, finishReason, promptTokens, completionTokens } = found;
  const usage = { promptTokens, cachedTokens: null, completionTokens, reasoningTokens: null };
  const cost = costUsd(spec, { ...usage, cacheWriteTokens: 0 });
  return { text: completion, finishReason, ...usage, costUsd: cost, model: found.model ?? spec.id, ms: 0 };
}
