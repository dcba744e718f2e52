import { callsOf, split } from '../python-tokens.js';
import { flatten, type Block } from '../python-tree.js';
import { guardAt, guardsIn, isFailure, type Guard } from './guards.js';
import { printsOf, templateOf, type Template } from './printed.js';

/** A place of a test where something is checked, with the `try` statements around it, the innermost last. */
export interface Check {
  readonly line: number;
  readonly guards: readonly Guard[];
  /** It asks for `None`: what a function that does nothing returns. */
  readonly wantsNone: boolean;
}

/** What the source of a test says of it. */
export interface TestOutline {
  /** Assertions on the way of a run in which nothing fails; those that wait for an exception are left out. */
  readonly checks: readonly Check[];
  readonly guards: readonly Guard[];
  /** Lines that call the function under test. */
  readonly calls: readonly number[];
  /** Names that hold what the function under test returned. */
  readonly results: ReadonlySet<string>;
  /** What a run that reaches the end has printed last; null if that can't be told. */
  readonly closing: Template | null;
}

/** Reads a test of AICoderEval: functions that are called at the end, or statements at the top. */
export function outline(tree: readonly Block[], entryPoint: string): TestOutline {
  const all = flatten(tree);
  const calls = all.filter(({ keyword, tokens }) => keyword !== 'def' && callsOf(tokens, entryPoint).length > 0);
  const asserted = checksIn(tree, [], isCheck);
  // Without an assertion, a call under a handler that tells of failures checks that nothing is raised.
  const called = checksIn(tree, [], (block) => calls.includes(block)).filter(({ guards }) => guards.length > 0);
  return {
    checks: asserted.length > 0 ? asserted : called,
    guards: guardsIn(tree),
    calls: calls.map(({ line }) => line),
    results: resultsOf(calls, all),
    closing: closingOf(tree),
  };
}

function checksIn(blocks: readonly Block[], guards: readonly Guard[], counts: (block: Block) => boolean): Check[] {
  return blocks.flatMap((block, at) => {
    if (block.keyword === 'except') return [];
    if (block.keyword === 'try') return checksIn(block.body, [...guards, guardAt(blocks, at)], counts);
    const under = checksIn(block.body, guards, counts);
    const isExpected = guards.some(({ expectsError }) => expectsError);
    if (isExpected || isFailure(block) || !counts(block)) return under;
    return [{ line: block.line, guards, wantsNone: wantsNone(block) }, ...under];
  });
}

function isCheck({ keyword, tokens, body }: Block): boolean {
  if (keyword === 'assert') return true;
  if (keyword === 'if') return body.some(isFailure);
  return tokens.some(({ kind, text }, at) => kind === 'name' && /^assert\w/.test(text) && tokens[at - 1]?.text === '.');
}

function wantsNone({ tokens }: Block): boolean {
  const [condition = []] = split(tokens, ',');
  const [operator, operand] = condition.slice(-2).map(({ text }) => text);
  return operand === 'None' && (operator === 'is' || operator === '==');
}

/** Names assigned from a call of the function under test, and from those names in turn. */
function resultsOf(calls: readonly Block[], all: readonly Block[]): Set<string> {
  const names = new Set(calls.flatMap(targets));
  for (const block of all) {
    const sign = block.tokens.findIndex(({ text }) => text === '=');
    if (sign < 0 || !block.tokens.slice(sign).some(({ text }) => names.has(text))) continue;
    for (const name of targets(block)) names.add(name);
  }
  return names;
}

function targets({ tokens }: Block): string[] {
  const sign = tokens.findIndex(({ text }) => text === '=');
  return tokens.slice(0, Math.max(0, sign)).flatMap(({ kind, text }) => (kind === 'name' ? text : []));
}

/** The last thing that a test prints when nothing goes wrong. */
function closingOf(tree: readonly Block[]): Template | null {
  const top = tree.flatMap((block) => (block.keyword === 'if' ? block.body : [block]));
  const call = top.findLast(({ keyword }) => keyword !== 'def' && keyword !== 'class');
  if (call === undefined) return null;
  const tested = tree.findLast(
    ({ keyword, tokens }) => keyword === 'def' && callsOf(call.tokens, tokens[1]?.text ?? '').length > 0,
  );
  const last = lastOf(tested?.body ?? top);
  if (last === undefined) return null;
  const [printed] = printsOf(last).slice(-1);
  if (printed !== undefined) return printed;
  if (last.keyword === 'return' && call.keyword === 'print') return templateOf(last.tokens.slice(1));
  return null;
}

/** The last statement of a run in which nothing fails: of a `try` at the end the last one of its body or its `else`. */
function lastOf(body: readonly Block[]): Block | undefined {
  const last = body.findLast(({ keyword }) => !['finally', 'except'].includes(keyword));
  return last?.keyword === 'try' || last?.keyword === 'else' ? lastOf(last.body) : last;
}
