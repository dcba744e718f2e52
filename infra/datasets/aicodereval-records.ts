import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { UserError } from '../errors.js';
import { aiCoderEvalLineSchema, type AiCoderEvalLine } from '../parse/aicodereval-line.js';
import { readJsonLines } from './jsonl.js';

/** A program as a file gives it, and where that is. */
export interface AiCoderEvalRecord extends AiCoderEvalLine {
  readonly taskId: string;
  /** File and line, or file alone. */
  readonly where: string;
}

/**
 * The programs of a file: JSONL (the authors' or the hub's, zipped or not), one program (`.py`), or a folder of those.
 * Throws UserError (exit 2) with file, line and field.
 */
export async function readRecords(path: string): Promise<AiCoderEvalRecord[]> {
  const paths = await programPaths(path);
  if (paths !== null) return Promise.all(paths.map(readProgram));
  const lines = await readJsonLines(path, aiCoderEvalLineSchema);
  return lines.map(({ number, where, value }) => ({
    ...value,
    taskId: value.taskId ?? `line-${number}`,
    where,
  }));
}

/** Paths of Python programs, in the order of their names; null for a file that holds many. */
async function programPaths(path: string): Promise<string[] | null> {
  const found = await stat(path).catch((cause: unknown) => {
    throw new UserError(`${path} cannot be read: ${(cause as Error).message}`, {
      hint: 'Give a .jsonl or .jsonl.gz file, a program (.py), or a folder of programs.',
      exitCode: 2,
      cause,
    });
  });
  if (!found.isDirectory()) return path.endsWith('.py') ? [path] : null;
  const names = (await readdir(path)).filter((name) => name.endsWith('.py')).sort();
  if (names.length > 0) return names.map((name) => join(path, name));
  throw new UserError(`The folder ${path} holds no programs.`, {
    hint: 'Its programs must be files named *.py.',
    exitCode: 2,
  });
}

/** The authors name a program `f00004_extract_embeddings.py`: the id of its API record, and its function. */
async function readProgram(path: string): Promise<AiCoderEvalRecord> {
  const name = basename(path, '.py');
  const content = (await readFile(path, 'utf8')).replace(/^\uFEFF/, '');
  return { taskId: /^f\d{5}(?=_|$)/.exec(name)?.[0] ?? name, where: path, content, domain: null, requirements: null };
}
