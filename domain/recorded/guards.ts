import type { Block } from '../python-tree.js';
import { flatten } from '../python-tree.js';
import { printsOf, type Template } from './printed.js';

/** An `except` clause. */
export interface Handler {
  readonly line: number;
  /** Names of the classes that it catches; none for a bare `except`. */
  readonly types: readonly string[];
  /** Name that the exception is bound to; null if it is not. */
  readonly alias: string | null;
  /** It raises again, or fails by an assertion: nothing is lost in it. */
  readonly raises: boolean;
  /** What it prints. */
  readonly prints: readonly Template[];
}

/** A `try` statement with its clauses. */
export interface Guard {
  readonly line: number;
  readonly body: readonly Block[];
  readonly handlers: readonly Handler[];
  readonly otherwise: readonly Block[];
  /** It is there to see that an exception comes: it fails if none does. */
  readonly expectsError: boolean;
}

/** Names of exceptions that are all caught by one of these. */
const BROAD: ReadonlySet<string> = new Set(['Exception', 'BaseException']);

/** A handler that catches a failed assertion, if one comes. */
export function catchesAssertions({ types }: Handler): boolean {
  return types.length === 0 || types.some((type) => BROAD.has(type) || type === 'AssertionError');
}

/** The `try` statement that starts at an index of its siblings. */
export function guardAt(siblings: readonly Block[], at: number): Guard {
  const clauses = clausesOf(siblings, at);
  const body = siblings[at]?.body ?? [];
  const otherwise = clauses.filter(({ keyword }) => keyword === 'else').flatMap((clause) => clause.body);
  return {
    line: siblings[at]?.line ?? 0,
    body,
    handlers: clauses.filter(({ keyword }) => keyword === 'except').map(toHandler),
    otherwise,
    expectsError: [...body, ...otherwise].some(isFailure),
  };
}

/** All `try` statements in a tree, at any depth. */
export function guardsIn(blocks: readonly Block[]): Guard[] {
  return blocks.flatMap((block, at) => [
    ...(block.keyword === 'try' ? [guardAt(blocks, at)] : []),
    ...guardsIn(block.body),
  ]);
}

/** `assert False`, `raise ...`, `self.fail(...)`: it fails whenever it is reached. */
export function isFailure({ keyword, tokens }: Block): boolean {
  const [, second, third] = tokens;
  if (keyword === 'raise') return true;
  if (keyword === 'assert') return second?.text === 'False' && (third === undefined || third.text === ',');
  return (keyword === 'self' && third?.text === 'fail') || (keyword === 'pytest' && third?.text === 'fail');
}

function clausesOf(siblings: readonly Block[], at: number): Block[] {
  const rest = siblings.slice(at + 1);
  const end = rest.findIndex(({ keyword }) => !['except', 'else', 'finally'].includes(keyword));
  return rest.slice(0, end < 0 ? rest.length : end);
}

function toHandler({ line, tokens, body }: Block): Handler {
  const as = tokens.findIndex(({ text }) => text === 'as');
  const caught = tokens.slice(1, as < 0 ? tokens.length : as);
  const all = flatten(body);
  return {
    line,
    // Of `pd.errors.EmptyDataError` the last name.
    types: caught.flatMap(({ kind, text }, at) => (kind === 'name' && caught[at + 1]?.text !== '.' ? text : [])),
    alias: as < 0 ? null : (tokens[as + 1]?.text ?? null),
    raises: all.some((block) => isFailure(block)),
    prints: all.flatMap(printsOf),
  };
}
