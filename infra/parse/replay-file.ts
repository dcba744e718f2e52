import { z } from 'zod';
import { FINISH_REASONS, type FinishReason } from '../../domain/candidate.js';
import { UserError } from '../errors.js';
import { readText } from '../read-text.js';
import { tryJson } from './json.js';

/** One recorded answer: one line of a replay file. */
export interface Recording {
  /** Answers the request with this hash (`requestHash` in infra/models/replay.ts). */
  readonly requestSha256: string | null;
  /** Answers any request whose last message contains this text, if no hash matches. */
  readonly match: string | null;
  /** Of several lines with one hash: the attempt that this one goes to (`placeOf` in infra/models/replay.ts). */
  readonly place: string | null;
  /** The task that it was given to, for who reads the file: no request is answered by it. */
  readonly taskId: string | null;
  readonly completion: string;
  readonly finishReason: FinishReason;
  readonly promptTokens: number;
  readonly completionTokens: number;
  /** Who gave this answer; null where the file does not say. */
  readonly model: string | null;
}

const tokens = z.int().nonnegative().default(0);

const lineSchema = z
  .strictObject({
    request_sha256: z
      .string()
      .regex(/^[0-9a-f]{64}$/, 'must be 64 hexadecimal digits')
      .optional(),
    match: z.string().optional(),
    place: z.string().optional(),
    task_id: z.string().optional(),
    completion: z.string(),
    finish_reason: z.enum(FINISH_REASONS).default('stop'),
    prompt_tokens: tokens,
    completion_tokens: tokens,
    model: z.string().min(1).optional(),
  })
  .refine(({ request_sha256, match }) => request_sha256 !== undefined || match !== undefined, {
    message: 'needs request_sha256 or match',
  });

/** The door for replay files, gzip-compressed or not. Throws UserError (exit 2) with file, line, field and cure. */
export async function readReplayFile(file: string): Promise<Recording[]> {
  const recordings: Recording[] = [];
  let number = 0;
  try {
    for (const line of (await readText(file)).split('\n')) {
      number += 1;
      if (line.trim() !== '') recordings.push(parseLine(line, `${file}:${number}`));
    }
  } catch (cause) {
    if (cause instanceof UserError) throw cause;
    throw new UserError(`The replay file ${file} can't be read: ${cause instanceof Error ? cause.message : ''}`, {
      hint: 'Give the path of an existing file of recorded answers: replay:FILE.jsonl, or .jsonl.gz',
      exitCode: 2,
      cause,
    });
  }
  return recordings;
}

function parseLine(line: string, place: string): Recording {
  const json = tryJson(line);
  const parsed = lineSchema.safeParse(json);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const field = issue?.path.join('.') ?? '';
    const reason = json === undefined ? 'not JSON' : `${field === '' ? '' : `${field}: `}${issue?.message ?? ''}`;
    throw new UserError(`${place}: ${reason}`, {
      hint: 'Each line is {"request_sha256" or "match", "completion", "finish_reason", "prompt_tokens", "completion_tokens", "model"}.',
      exitCode: 2,
    });
  }
  const found = parsed.data;
  return {
    requestSha256: found.request_sha256 ?? null,
    match: found.match ?? null,
    place: found.place ?? null,
    taskId: found.task_id ?? null,
    completion: found.completion,
    finishReason: found.finish_reason,
    promptTokens: found.prompt_tokens,
    completionTokens: found.completion_tokens,
    model: found.model ?? null,
  };
}
