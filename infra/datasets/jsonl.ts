import type { z } from 'zod';
import type { Task } from '../../domain/task.js';
import { UserError } from '../errors.js';
import { tryJson } from '../parse/json.js';
import { entriesOf } from '../parse/json-list.js';
import { readText } from '../read-text.js';
import type { LoadedSuite, Unusable } from './dataset.js';

/** An object of a file of tasks that fits its schema. */
export interface JsonLine<T> {
  /** File and line, for messages; the number of the entry in a file that is one JSON list. */
  readonly where: string;
  /** Of the line or entry, from 1. */
  readonly number: number;
  readonly value: T;
  /** As written: Python tells 1.0 from 1 and knows NaN, JavaScript does not. */
  readonly raw: string;
}

/** Why a well-formed line can't be used. */
export interface Flaw extends Pick<Unusable, 'why' | 'text'> {
  readonly field: string;
}

/** What a file of tasks calls things, and whether there is another one. */
interface TaskFile {
  /** What the file calls `task_id`. */
  readonly idField?: string;
  /** What a task's id has before that of the file. */
  readonly idPrefix?: string;
  /** The suite has published data that it reads where no file is named. */
  readonly isPublished?: boolean;
}

const HINT = 'Correct that line.';
const OR_PUBLISHED = 'Correct that line, or leave `file` out to use the published data.';

/**
 * Reads a file of one JSON object a line, or of one JSON list of objects, gzip-compressed or not (told by its first bytes), and
 * checks each. Blank lines are skipped; the bare NaN and Infinity that Python writes are let pass, as null.
 * Throws UserError (exit 2) naming file, line and field of the first fault.
 */
export async function readJsonLines<T>(file: string, schema: z.ZodType<T>, hint = HINT): Promise<JsonLine<T>[]> {
  const text = (await textOf(file)).replace(/^\uFEFF/, '');
  const lines = partsOf(text, file).map((part) => toLine(part, schema, hint));
  if (lines.length > 0) return lines;
  throw new UserError(`${file} holds no lines.`, { hint: 'Give a file with one JSON object a line.', exitCode: 2 });
}

/**
 * A suite from a file of one task a line. `toTask` gives the task, or says why the line can't be used.
 * Throws UserError (exit 2) for a malformed line, an id that stands twice, a file without any task that can be used.
 */
export async function loadLines<T extends { readonly task_id: string | number }>(
  file: string,
  schema: z.ZodType<T>,
  toTask: (line: JsonLine<T>) => Task | Flaw,
  { idField = 'task_id', idPrefix = '', isPublished = false }: TaskFile = {},
): Promise<LoadedSuite> {
  const hint = isPublished ? OR_PUBLISHED : HINT;
  const seen = new Map<string, string>();
  const tasks: Task[] = [];
  const unusable: Unusable[] = [];
  for (const line of await readJsonLines(file, schema, hint)) {
    const id = String(line.value.task_id);
    const first = seen.get(id);
    if (first !== undefined) throw lineError(line.where, idField, `"${id}" stands twice, first in ${first}`, hint);
    seen.set(id, line.where);
    const made = toTask(line);
    if ('taskId' in made) tasks.push(made);
    else {
      const { field, ...flaw } = made;
      unusable.push({ taskId: idPrefix + id, where: `${line.where}, field "${field}"`, ...flaw });
    }
  }
  const [flaw] = unusable;
  if (tasks.length > 0 || flaw === undefined) return { tasks, unusable };
  throw new UserError(`${file} holds no task that can be used. ${flaw.where}: ${flaw.why}`, {
    hint: 'Is it the right file for this suite? docs/suites.md lists the fields.',
    exitCode: 2,
  });
}

/** The error for what is wrong in one line; `field` is null if the line as a whole is. */
function lineError(where: string, field: string | null, problem: string, hint: string): UserError {
  const place = field === null ? '' : ` field "${field}":`;
  return new UserError(`${where}:${place} ${problem}`, { hint, exitCode: 2 });
}

type Part = Omit<JsonLine<unknown>, 'value'>;

/** The entries of a file that is one JSON list, else its lines. */
function partsOf(text: string, file: string): Part[] {
  const entries = entriesOf(text);
  const parts = (entries ?? text.split('\n')).map((raw, index) => {
    return { where: `${file}, ${entries === null ? 'line' : 'entry'} ${index + 1}`, number: index + 1, raw };
  });
  return entries === null ? parts.filter(({ raw }) => raw.trim() !== '') : parts;
}

function withoutPythonNumbers(json: string): string {
  return json.replaceAll(/"(?:[^"\\]|\\.)*"|-?\b(?:NaN|Infinity)\b/g, (part) => (part.startsWith('"') ? part : 'null'));
}

function toLine<T>(part: Part, schema: z.ZodType<T>, hint: string): JsonLine<T> {
  const json = tryJson(part.raw) ?? tryJson(withoutPythonNumbers(part.raw));
  if (json === undefined) throw lineError(part.where, null, 'is not valid JSON', hint);
  const parsed = schema.safeParse(json);
  if (parsed.success) return { ...part, value: parsed.data };
  const issue = parsed.error.issues[0];
  const field = issue?.path.join('.') ?? '';
  throw lineError(part.where, field === '' ? null : field, issue?.message ?? 'does not fit', hint);
}

async function textOf(file: string): Promise<string> {
  try {
    return await readText(file);
  } catch (error) {
    throw new UserError(`${file} cannot be read: ${(error as Error).message}`, {
      hint: 'Give the path of a .jsonl or .jsonl.gz file in UTF-8.',
      exitCode: 2,
      cause: error,
    });
  }
}
