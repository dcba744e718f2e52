import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';
import { z } from 'zod';
import { UserError } from '../errors.js';
import { splitLines } from '../fs.js';
import { tryJson } from '../parse/json.js';

/** A line of a samples file: the text that continues a task's prompt, or a whole program. */
export interface SampleLine {
  /** From 1. */
  readonly line: number;
  readonly taskId: string;
  readonly kind: 'completion' | 'solution';
  readonly text: string;
}

const schema = z
  .object({ task_id: z.string().min(1), completion: z.string().optional(), solution: z.string().optional() })
  .refine(({ completion, solution }) => (completion ?? solution) !== undefined, {
    message: 'has neither "completion" nor "solution"',
  });

/**
 * Reads completions made elsewhere, as HumanEval, EvalPlus and BigCodeBench write them: a JSON object a line with
 * `task_id` and `completion` or `solution`; other fields are ignored, and so are blank lines. Gzip is told by the first
 * bytes. Yields the lines one by one. Throws UserError (exit 2) with file and line.
 */
export async function* readSamples(file: string): AsyncGenerator<SampleLine> {
  const isZipped = await startsAsGzip(file);
  const raw = createReadStream(file);
  const text = isZipped ? raw.pipe(createGunzip()) : raw;
  // A pipe does not hand on its source's errors.
  raw.once('error', (error) => text.destroy(error));
  let line = 0;
  try {
    for await (const json of splitLines(text)) {
      line += 1;
      if (json.trim() !== '') yield parseSample(json.replace(/^\uFEFF/, ''), file, line);
    }
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw unreadable(file, error as Error);
  } finally {
    // Nor does its own end reach its source.
    raw.destroy();
  }
}

function parseSample(text: string, file: string, line: number): SampleLine {
  const json = tryJson(text);
  const parsed = schema.safeParse(json);
  if (parsed.success) {
    const { task_id: taskId, completion, solution } = parsed.data;
    if (solution !== undefined) return { line, taskId, kind: 'solution', text: solution };
    return { line, taskId, kind: 'completion', text: completion ?? '' };
  }
  const [issue] = parsed.error.issues;
  const field = issue?.path.join('.') ?? '';
  const problem =
    json === undefined ? 'is not valid JSON' : `${field === '' ? '' : `field "${field}": `}${issue?.message}`;
  throw new UserError(`${file}, line ${line}: ${problem}`, {
    hint: 'A line is {"task_id": ..., "completion": ...} or {"task_id": ..., "solution": ...}.',
    exitCode: 2,
  });
}

async function startsAsGzip(file: string): Promise<boolean> {
  try {
    const handle = await open(file);
    try {
      const { buffer } = await handle.read(Buffer.alloc(2), 0, 2, 0);
      return buffer[0] === 0x1f && buffer[1] === 0x8b;
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw unreadable(file, error as Error);
  }
}

function unreadable(file: string, cause: Error): UserError {
  return new UserError(`${file} cannot be read: ${cause.message}`, {
    hint: 'Give the path of a .jsonl or .jsonl.gz file in UTF-8.',
    exitCode: 2,
    cause,
  });
}
