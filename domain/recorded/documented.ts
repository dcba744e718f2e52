import type { Classification } from '../error-class.js';
import { split, stringParts, tokens, type Token } from '../python-tokens.js';
import { flatten } from '../python-tree.js';
import { literal } from './patterns.js';
import type { RecordedProgram } from './program.js';
import type { Frame, Raised } from './traceback.js';

type Whose = Pick<Classification, 'fault' | 'confidence'>;

/** Types that can be told from each other by their names alone. */
const TYPES: Readonly<Record<string, string>> = {
  str: 'str',
  string: 'str',
  int: 'int',
  float: 'float',
  bool: 'bool',
  bytes: 'bytes',
  list: 'list',
  dict: 'dict',
  dictionary: 'dict',
  tuple: 'tuple',
  set: 'set',
  ndarray: 'ndarray',
  array: 'ndarray',
  tensor: 'tensor',
  dataframe: 'dataframe',
  image: 'image',
};

/**
 * A requirement of the test that the prompt does not state, or states otherwise: the task's fault. Null if the test
 * asks for what is documented, as far as names, keys and sizes tell.
 */
export function hiddenRequirement(raised: Raised, frame: Frame, program: RecordedProgram): Whose | null {
  const block = flatten(program.testTree).find(({ line, lastLine }) => line <= frame.line && frame.line <= lastLine);
  const statement = block?.tokens ?? tokens(frame.code);
  const documented = documentedType(program);
  const isOdd = wantsPlaceholder(raised, statement) || wantsModule(raised, statement, program);
  if (isOdd || contradicts(raised, statement, documented, program)) return { fault: 'task', confidence: 'high' };
  const isUnstated =
    isUnstatedSize(raised, statement, program) ||
    isUnstatedKey(raised, statement, program) ||
    isUnstatedMessage(raised, statement, program);
  return isUnstated ? { fault: 'task', confidence: 'low' } : null;
}

/** Exceptions of Python's own: too general for a prompt that documents one to mean this very case. */
const BUILT_IN =
  /^(?:Exception|BaseException|(?:OS|IO|Value|Type|Key|Index|Runtime|Import|Attribute|Name|Assertion|FileNotFound|Permission|Connection|Timeout|Memory|NotImplemented|ModuleNotFound|UnicodeDecode|UnicodeEncode|ZeroDivision|EOF|Syntax|Lookup|Arithmetic|Overflow|UnboundLocal)Error)$/;

/** A requirement that the prompt does not state and the function could not know, or an exception that it documents. */
export function unknowable(raised: Raised, own: Frame, { prompt }: RecordedProgram): Whose | null {
  const { type, message, frames } = raised;
  const isTable = frames.slice(frames.indexOf(own) + 1).some(({ file }) => file.includes('/pandas/'));
  const column = type === 'KeyError' && isTable ? /['"]([^'"]+)['"]/.exec(message)?.[1] : undefined;
  if (column !== undefined && !prompt.includes(column)) return { fault: 'task', confidence: 'low' };
  const isDocumented = type.length > 0 && new RegExp(`Raises:[^]*\\b${literal(type)}\\b`).test(prompt);
  return isDocumented && !BUILT_IN.test(type) ? { fault: 'task', confidence: 'low' } : null;
}

/** What the prompt says that the function returns, by a name of `TYPES`; null if it does not say. */
function documentedType({ prompt, entryPoint }: RecordedProgram): string | null {
  const section = /\n[ \t]*Returns?:[ \t]*\n?[ \t]*([\w.]+)/.exec(prompt)?.[1];
  const annotation = new RegExp(`def ${literal(entryPoint)}\\b[^]*?->\\s*([\\w.]+)`).exec(prompt)?.[1];
  return typeName(section) ?? typeName(annotation);
}

function typeName(path: string | undefined): string | null {
  const name = path?.slice(path.lastIndexOf('.') + 1).toLowerCase() ?? '';
  return Object.hasOwn(TYPES, name) ? (TYPES[name] ?? null) : null;
}

/** The test wants another type than the documented one. */
function contradicts(
  { type, message }: Raised,
  statement: readonly Token[],
  documented: string | null,
  program: RecordedProgram,
): boolean {
  if (documented === null) return false;
  if (type === 'AssertionError') {
    const wanted = isInstanceOf(statement, program);
    return wanted.length > 0 && !wanted.includes(documented);
  }
  if (type === 'KeyError') return documented === 'dict' && /^\d+$/.test(message);
  if (type !== 'TypeError' && type !== 'AttributeError') return false;
  const actual =
    /^(string|list|tuple) indices must be/.exec(message)?.[1] ??
    /^'(\w+)' object (?:is not|has no attribute)/.exec(message)?.[1];
  return typeName(actual) === documented;
}

/** The test expects what its author's stub returned. */
function wantsPlaceholder({ type }: Raised, statement: readonly Token[]): boolean {
  return (
    type === 'AssertionError' && statement.some(({ kind, text }) => kind === 'string' && /placeholder/i.test(text))
  );
}

/** `isinstance(x, type(plt))`, where `plt` is an import: no function returns a module. */
function wantsModule({ type }: Raised, statement: readonly Token[], { prompt }: RecordedProgram): boolean {
  const at = statement.findIndex(({ text }, index) => text === 'type' && statement[index - 1]?.text === ',');
  const name = at < 0 ? undefined : statement[at + 2]?.text;
  if (type !== 'AssertionError' || name === undefined) return false;
  return new RegExp(`^import [^\n]*\\b${literal(name)}\\b`, 'm').test(prompt);
}

/** The types of `assert isinstance(x, T)`, where x is the result as a whole; none for another statement. */
function isInstanceOf(statement: readonly Token[], program: RecordedProgram): string[] {
  const [condition = []] = split(statement, ',');
  const [keyword, call, open, ...rest] = condition;
  if (keyword?.text !== 'assert' || call?.text !== 'isinstance' || open?.text !== '(') return [];
  const inside = split(rest.slice(0, -1), ',');
  const value = inside[0] ?? [];
  const wanted = inside.slice(1).flat();
  if (!isWholeResult(value, program)) return [];
  const names = wanted.flatMap(({ kind, text }, at) => (kind === 'name' && wanted[at + 1]?.text !== '.' ? text : []));
  const known = names.map(typeName);
  return known.flatMap((name) => name ?? []).length === known.length ? known.flatMap((name) => name ?? []) : [];
}

/** A call of the function under test, or a name that such a call was assigned to as it is. */
function isWholeResult([first, second]: readonly Token[], { entryPoint, testTree }: RecordedProgram): boolean {
  if (first === undefined || first.text === entryPoint) return first !== undefined;
  return (
    second === undefined &&
    flatten(testTree).some(
      ({ tokens: [name, sign, value] }) =>
        name?.text === first.text && sign?.text === '=' && value?.text === entryPoint,
    )
  );
}

/** A size of an embedding or an image that only the test knows. */
function isUnstatedSize({ type }: Raised, statement: readonly Token[], { prompt }: RecordedProgram): boolean {
  const isShape = statement.some(({ text }) => text === 'shape' || text === 'size');
  if (type !== 'AssertionError' || !(isShape || statement.some(({ text }) => text === 'len'))) return false;
  const asked = statement.slice(statement.findIndex(({ text }) => ['==', '<', '<=', '>', '>='].includes(text)));
  const sizes = asked.filter(({ kind, text }) => kind === 'number' && (isShape || Number(text) >= 10));
  return sizes.length > 0 && sizes.every(({ text }) => !new RegExp(`\\b${literal(text)}\\b`).test(prompt));
}

/** A key or a column that the prompt does not name. */
function isUnstatedKey(raised: Raised, statement: readonly Token[], { prompt }: RecordedProgram): boolean {
  const key = raised.type === 'KeyError' ? /^['"](.*)['"]$/.exec(raised.message)?.[1] : keyAskedFor(raised, statement);
  return key !== undefined && !new RegExp(`['"\`]${literal(key)}['"\`]`).test(prompt);
}

/** The k of `assert 'k' in result`. */
function keyAskedFor({ type }: Raised, statement: readonly Token[]): string | undefined {
  const [keyword, key, operator] = statement;
  if (type !== 'AssertionError' || keyword?.text !== 'assert' || key?.kind !== 'string') return undefined;
  return operator?.text === 'in' && statement.length <= 6 ? stringParts(key.text).content : undefined;
}

/** The exact words of an exception. */
function isUnstatedMessage({ type }: Raised, statement: readonly Token[], { prompt }: RecordedProgram): boolean {
  const isMessage = statement[1]?.text === 'str' && statement[2]?.text === '(';
  if (type !== 'AssertionError' || !isMessage) return false;
  const wanted = statement.find(({ kind }) => kind === 'string');
  return wanted !== undefined && !prompt.includes(stringParts(wanted.text).content);
}
