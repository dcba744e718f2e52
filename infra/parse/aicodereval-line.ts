import { z } from 'zod';
import { headerOf, SECTIONS, splitSections, type SectionName } from '../../domain/aicodereval-sections.js';
import { pythonNames, requirementsSchema } from './dataset-line.js';

/** What a line of a file of AICoderEval's gives, whatever its fields are called. */
export interface AiCoderEvalLine {
  /** Null where no field is an id. */
  readonly taskId: string | null;
  /** The whole program, in sections. */
  readonly content: string;
  /** Kind of work in the authors' words, e.g. "Computer Vision Image Segmentation"; null if there is none. */
  readonly domain: string | null;
  /** Null where the program itself says them. */
  readonly requirements: readonly string[] | null;
}

/** Names that versions of the data, or users, give a field. Of several that are there the first one counts. */
const NAMES = {
  content: ['content', 'program', 'full_code', 'text'],
  taskId: ['task_id', 'id', 'task', 'file_name', 'filename', 'file', 'name', 'idx', 'index'],
  domain: ['domain', 'category', 'field'],
  requirements: ['requirements'],
} as const;

const SECTION_NAMES: Readonly<Record<SectionName, readonly string[]>> = {
  requirements_file: ['requirements_file'],
  function_import: ['function_import', 'function_imports', 'import', 'imports', 'import_code'],
  function_code: ['function_code', 'code', 'function', 'solution', 'canonical_solution', 'reference'],
  test_function_code: ['test_function_code', 'test_code', 'test_function', 'test', 'tests'],
  call_test_function_code: ['call_test_function_code', 'call_test_code', 'call_code', 'call'],
  call_test_function_line: ['call_test_function_line', 'call_line'],
};

type Fields = Readonly<Record<string, unknown>>;

/** What is wrong with a line, and in which field. */
class LineFault extends Error {
  readonly field: string;

  constructor(field: string, message: string) {
    super(message);
    this.field = field;
  }
}

/**
 * The door for a line. The published files' field names are not fixed, so the program is told by what it holds: the field
 * with its sections' header lines; else fields that are named like sections.
 */
export const aiCoderEvalLineSchema: z.ZodType<AiCoderEvalLine> = z
  .record(z.string(), z.unknown())
  .transform((line, context): AiCoderEvalLine => {
    try {
      return readFields(Object.fromEntries(Object.entries(line).map(([name, value]) => [plain(name), value])));
    } catch (fault) {
      if (!(fault instanceof LineFault)) throw fault;
      context.addIssue({ code: 'custom', message: fault.message, path: [fault.field] });
      return z.NEVER;
    }
  });

function readFields(fields: Fields): AiCoderEvalLine {
  const content = wholeProgram(fields) ?? fromSections(fields) ?? textOf(fields, NAMES.content) ?? nothing(fields);
  const name = firstOf(fields, NAMES.taskId);
  const id = name === undefined ? '' : fields[name];
  if (typeof id !== 'string' && typeof id !== 'number') throw new LineFault(name ?? '', 'must be a string');
  return {
    taskId: id === '' ? null : String(id),
    content,
    domain: textOf(fields, NAMES.domain),
    requirements: requirementsIn(fields),
  };
}

function firstOf(fields: Fields, names: readonly string[]): string | undefined {
  return names.find((name) => fields[name] !== undefined && fields[name] !== null);
}

/** "Function Code" and "function-code" are `function_code`. */
function plain(name: string): string {
  return name.toLowerCase().replace(/[\s-]+/g, '_');
}

/** The field that holds the most sections, of which function and test must be two. */
function wholeProgram(fields: Fields): string | null {
  const programs = Object.values(fields).flatMap((value) => {
    if (typeof value !== 'string' || !value.includes(headerOf('function_code'))) return [];
    const { sections } = splitSections(lineFeeds(value));
    return sections.has('function_code') && sections.has('test_function_code') ? [{ value, size: sections.size }] : [];
  });
  return programs.sort((a, b) => b.size - a.size)[0]?.value ?? null;
}

function fromSections(fields: Fields): string | null {
  const parts = SECTIONS.flatMap((name) => {
    const found = textOf(fields, SECTION_NAMES[name]);
    return found === null ? [] : [{ name, source: `${withHeader(name, lineFeeds(found)).trimEnd()}\n` }];
  });
  const names = parts.map(({ name }) => name);
  if (!names.includes('function_code') && !names.includes('test_function_code')) return null;
  return parts.map(({ source }) => source).join('\n');
}

function nothing(fields: Fields): never {
  const there = Object.keys(fields).slice(0, 12).join(', ');
  const holds = there === '' ? 'there are none' : `there are ${there}`;
  throw new LineFault('function_code', `is missing, and no other field holds a program in sections: ${holds}`);
}

function withHeader(name: SectionName, source: string): string {
  return splitSections(source).sections.has(name) ? source : `${headerOf(name)}\n\n${source}`;
}

function textOf(fields: Fields, names: readonly string[]): string | null {
  const name = firstOf(fields, names);
  if (name === undefined) return null;
  const value = fields[name];
  if (typeof value === 'string') return value;
  throw new LineFault(name, 'must be a string');
}

/** Requirements in a text of them, parted by line feeds and commas; those between versions and extras part nothing. */
const REQUIREMENT = /(?:\[[^\]\n]*\]|,(?=\s*[<>=!~])|[^,\n])+/g;

/** A list, the text of one, or a text with one requirement a line. */
function requirementsIn(fields: Fields): readonly string[] | null {
  const name = firstOf(fields, NAMES.requirements);
  if (name === undefined) return null;
  const value = fields[name];
  if (typeof value === 'string') {
    const list = pythonNames.safeParse(value.trim());
    const names = list.success ? list.data : (value.match(REQUIREMENT) ?? []);
    return names.map((each) => each.trim()).filter((each) => each !== '');
  }
  const parsed = requirementsSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new LineFault(name, 'must be a list of strings');
}

function lineFeeds(text: string): string {
  return text.replace(/\r\n?/g, '\n');
}
