import { logicalLines } from '../../domain/python-source.js';
import type { ProgramException } from '../../domain/test-report.js';

/** A name that was asked for, with what is known of where it should be. */
export interface Wanted {
  /** Its path as far as it is known, e.g. ["torch", "nn", "Liner"]. */
  readonly path: readonly string[];
  /** It was asked of an object, not of a module. */
  readonly isMember: boolean;
  /** From 0 to 1: how much it matters beside the others. */
  readonly weight: number;
}

/** What is looked up. */
export interface Question {
  /** As it is shown and recorded, in one line. */
  readonly text: string;
  readonly wanted: readonly Wanted[];
  readonly words: string;
  /** The keyword that was not expected; null if none is told of. */
  readonly keyword: string | null;
  /** Top-level packages that the program imports. */
  readonly packages: ReadonlySet<string>;
}

/** Names of a program by what they stand for: "np" by ["numpy"], "df" by ["pandas", "DataFrame"]. */
type Names = ReadonlyMap<string, readonly string[]>;

type Found = Omit<Wanted, 'weight'>;

const NAME = String.raw`[\p{L}_][\p{L}\p{N}_]*`;
const DOTTED = String.raw`${NAME}(?:\.${NAME})*`;
const IMPORT = new RegExp(String.raw`^import\s+(.+)$`, 'su');
const FROM = new RegExp(String.raw`^from\s+(${DOTTED})\s+import\s+(.+)$`, 'su');
const CLAUSE = new RegExp(String.raw`^(${DOTTED})(?:\s+as\s+(${NAME}))?$`, 'u');
const ASSIGNMENT = new RegExp(String.raw`^(${NAME})\s*=\s*(${DOTTED})\s*\(`, 'u');
const CALL = new RegExp(String.raw`(${DOTTED})\s*\(`, 'gu');

/** `x = x.f()` over and over must not grow. */
const LONGEST = 8;

/** What each kind of message asks for: its groups are joined to a path. */
const MESSAGES: readonly { readonly pattern: RegExp; readonly isMember: boolean }[] = [
  { pattern: /module '([\w.]+)' has no attribute '(\w+)'/, isMember: false },
  { pattern: /type object '([\w.]+)' has no attribute '(\w+)'/, isMember: true },
  { pattern: /'([\w.]+)' object has no attribute '(\w+)'/, isMember: true },
  { pattern: /^(?:.*\s)?()(\w+) has no attribute '?(\w+)'?/, isMember: false },
  { pattern: /cannot import name '(\w+)' from '([\w.]+)'/, isMember: false },
  { pattern: /No module named '([\w.]+)'/, isMember: false },
  { pattern: /name '(\w+)' is not defined/, isMember: false },
  { pattern: /([\w.]+)\(\) (?:got|takes|missing|received|argument)/, isMember: false },
  { pattern: /passed to ([\w.]+)\b/, isMember: false },
];

/** The question of an exception: its message, the failing line of the program, and the library call where that is known. */
export function questionOf(exception: ProgramException, program: string): Question {
  const { type, message, line } = exception;
  const head = message.split('\n', 1)[0] ?? '';
  const failing = line === null ? '' : lineAt(program, line);
  // What the failing line assigns was not there yet.
  const names = namesOf(program.slice(0, failing === '' ? undefined : program.indexOf(failing)));
  const told = fromMessage(head);
  const imported = importedBy(failing);
  const called = callsIn(failing, names);
  const call = callOf(exception);
  const completed = told.map((each) => complete(each, [...called, ...imported]));
  const wanted = [
    ...(call === null ? [] : [{ path: call, isMember: false, weight: told.length > 0 ? 0.8 : 1 }]),
    ...completed.map((each) => ({ ...each, weight: 1 })),
    ...imported.map((each) => ({ ...each, weight: /No module/.test(head) ? 1 : 0.8 })),
    ...usesOf(imported, program).map((each) => ({ ...each, weight: 0.95 })),
    ...called.map((each) => ({ ...each, weight: completed.length > 0 ? 0.6 : 0.9 })),
  ];
  const packages = new Set([...names.values()].map(([first = '']) => first));
  return { text: `${type}: ${head}`.slice(0, 300), wanted, words: wordsIn(head), keyword: keywordIn(head), packages };
}

/** The question of a person or a model: a name, an error message, or words. */
export function questionIn(text: string, program: string): Question {
  const line = text.replaceAll(/\s+/g, ' ').trim().slice(0, 300);
  const names = namesOf(program);
  const [, error] = /^(?:[\w.]*(?:Error|Exception|Warning): )(.*)$/.exec(line) ?? [];
  const told = fromMessage(error ?? line);
  const isName = new RegExp(String.raw`^${DOTTED}(?:\(.*)?$`, 'u').test(line);
  const own = isName ? [{ path: resolve((line.split('(', 1)[0] ?? '').split('.'), names), isMember: false }] : [];
  const dotted = isName ? [] : [...line.matchAll(/\w+(?:\.\w+)+/g)].map(([path]) => path.split('.'));
  const wanted = [
    ...[...told, ...own].map((each) => ({ ...each, weight: 1 })),
    ...dotted.map((path) => ({ path: resolve(path, names), isMember: false, weight: 0.7 })),
  ];
  const packages = new Set([...names.values()].map(([first = '']) => first));
  return { text: line, wanted, words: line, keyword: keywordIn(line), packages };
}

/** A message without what all messages of its kind say. */
function wordsIn(message: string): string {
  const said =
    /\b(?:attribute|argument|cannot|expected|from|has|import|keyword|module|name|named|object|type|unexpected|the|got|not)\b/gi;
  return message.replaceAll(/\([^)]*\.py\)/g, '').replaceAll(said, ' ');
}

function keywordIn(message: string): string | null {
  return /keyword argument '(\w+)'|not recognized: \{'(\w+)'/.exec(message)?.slice(1).find(Boolean) ?? null;
}

function fromMessage(message: string): Found[] {
  for (const { pattern, isMember } of MESSAGES) {
    const groups = pattern
      .exec(message)
      ?.slice(1)
      .filter((group) => group !== '');
    if (groups === undefined) continue;
    const parts = pattern.source.startsWith('cannot') ? groups.toReversed() : groups;
    const path = parts
      .join('.')
      .split('.')
      .filter((part) => part !== '__init__' && part !== '<locals>');
    return [{ path, isMember }];
  }
  return [];
}

/** A message often names a function without its module: the failing line may call it by its whole path. */
function complete(told: Found, others: readonly Found[]): Found {
  const last = told.path.at(-1);
  const same = others.find(({ path }) => path.at(-1) === last && path.length > told.path.length);
  return same === undefined || told.isMember ? told : same;
}

function callOf({ call }: ProgramException): string[] | null {
  return call === undefined || call === null ? null : call.name.split('.').filter((part) => part !== '__init__');
}

/** The logical line that holds a line of the program, from 1. */
function lineAt(program: string, line: number): string {
  let first = 1;
  for (const { text } of logicalLines(program)) {
    const lines = text.split('\n').length;
    if (line < first + lines) return text.trim();
    first += lines;
  }
  return '';
}

function importedBy(line: string): Found[] {
  const [, module = '', list = ''] = FROM.exec(line) ?? [];
  return clauses(list).map(([name]) => ({ path: [...module.split('.'), name], isMember: false }));
}

/** What a program takes from a name that could not be imported: it may be elsewhere now. */
function usesOf(imported: readonly Found[], program: string): Found[] {
  return imported.flatMap(({ path }) => {
    const uses = program.matchAll(new RegExp(String.raw`\b${path.at(-1)}\.(${NAME})`, 'gu'));
    return [...new Set([...uses].map(([, name = '']) => name))]
      .slice(0, 3)
      .map((name) => ({ path: [...path, name], isMember: false }));
  });
}

function callsIn(line: string, names: Names): Found[] {
  return [...line.matchAll(CALL)].slice(0, 6).flatMap(([, dotted = '']) => {
    const path = resolve(dotted.split('.'), names);
    return path.length > 1 || dotted.length > 3 ? [{ path, isMember: false }] : [];
  });
}

function resolve(path: readonly string[], names: Names): string[] {
  const [first = '', ...rest] = path;
  return [...(names.get(first) ?? [first]), ...rest];
}

function namesOf(program: string): Names {
  const names = new Map<string, readonly string[]>();
  for (const { text, blank } of logicalLines(program)) {
    const line = text.trim();
    if (blank) continue;
    const [, module = '', list = ''] = FROM.exec(line) ?? [];
    for (const [name, as] of clauses(list)) names.set(as, [...module.split('.'), name]);
    for (const [name, as] of clauses(IMPORT.exec(line)?.[1] ?? '')) {
      const path = name.split('.');
      if (as === name) names.set(path[0] ?? '', [path[0] ?? '']);
      else names.set(as, path);
    }
    const [, variable, call] = ASSIGNMENT.exec(line) ?? [];
    const path = call === undefined ? [] : resolve(call.split('.'), names);
    if (variable !== undefined && path.length > 0 && path.length <= LONGEST) names.set(variable, path);
  }
  return names;
}

/** "a as b, c" as names with what they are called. */
function clauses(list: string): [name: string, as: string][] {
  return list
    .replaceAll(/[()\\]|#.*$/gm, ' ')
    .split(',')
    .flatMap((part) => {
      const [, name, as] = CLAUSE.exec(part.trim()) ?? [];
      return name === undefined ? [] : [[name, as ?? name]];
    });
}
