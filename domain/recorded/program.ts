import { parseTree, type Block } from '../python-tree.js';

/** Whose text a line of a recorded program is. */
export type Part = 'prompt' | 'candidate' | 'test';

/** A program of AICoderEval as it was run, taken apart: prompt, the model's continuation, test. */
export interface RecordedProgram {
  readonly prompt: string;
  /** The continuation as far as it was run. */
  readonly candidate: string;
  /** What the model wrote as well and the assembly left out; "" if unknown or nothing. */
  readonly dropped: string;
  readonly test: string;
  /** Whose line that is, from 1. */
  part(line: number): Part;
  /** Line, from 1, on which the test begins. */
  readonly testLine: number;
  /** The function or class that the prompt asks for; "" if that is unknown. */
  readonly entryPoint: string;
  /** Statements of the test; lines counted in the whole program. */
  readonly testTree: readonly Block[];
  /** Statements of prompt and candidate together. */
  readonly codeTree: readonly Block[];
}

const TEST_HEADER = /^# test_function_code -{20}[ \t]*$/gm;
const CODE_HEADER = /^# function_code -{20}[ \t]*$/m;
const DEFINES: ReadonlySet<string> = new Set(['def', 'class']);

/** Takes a recorded program apart; `prediction` is the model's whole answer, null if it was not recorded. */
export function takeApart(source: string, prediction: string | null): RecordedProgram {
  const testAt = [...source.matchAll(TEST_HEADER)].at(-1)?.index ?? source.length;
  const code = source.slice(0, testAt);
  const start = candidateStart(code, prediction);
  const prompt = code.slice(0, start);
  const candidate = code.slice(start);
  const promptLines = countLines(prompt);
  const testLine = countLines(code);
  const test = source.slice(testAt);
  const whole = parseTree('\n'.repeat(testLine - 1) + test);
  const codeTree = parseTree(code);
  return {
    prompt,
    candidate,
    dropped: (prediction ?? '').slice(candidate.trimEnd().length),
    test,
    testLine,
    part: (line) => (line >= testLine ? 'test' : line > promptLines || prompt === '' ? 'candidate' : 'prompt'),
    entryPoint: testedName(parseTree(prompt), test),
    testTree: whole,
    codeTree,
  };
}

/** Where the prompt ends: where the model's answer begins, or behind the docstring of the last function. */
function candidateStart(code: string, prediction: string | null): number {
  const kept = prediction?.split('\ndef')[0]?.trimEnd();
  const at = kept === undefined ? -1 : code.trimEnd().lastIndexOf(kept);
  if (at >= 0) return at;
  const from = CODE_HEADER.exec(code)?.index ?? 0;
  const found = /\b(?:def|class)\s[^]*?(?:"""[^]*?"""|'''[^]*?'''|:[ \t]*\n)/.exec(code.slice(from));
  return found === null ? 0 : from + found.index + found[0].length;
}

/** Names that a text binds at its top: functions, classes, imports, targets of assignments. */
export function boundNames(source: string): Set<string> {
  const names = parseTree(source).flatMap(({ keyword, tokens }) => {
    if (DEFINES.has(keyword)) return tokens[1]?.text ?? [];
    if (keyword === 'import' || keyword === 'from') {
      return tokens.filter(({ kind }) => kind === 'name').map(({ text }) => text);
    }
    const sign = tokens.findIndex(({ text }) => text === '=');
    return tokens.slice(0, Math.max(sign, 0)).flatMap(({ kind, text }) => (kind === 'name' ? text : []));
  });
  return new Set(names);
}

/** The last name that the prompt defines and the test uses; the last one if it uses none. */
function testedName(tree: readonly Block[], test: string): string {
  const names = tree.flatMap(({ keyword, tokens }) => (DEFINES.has(keyword) ? (tokens[1]?.text ?? []) : []));
  return names.findLast((name) => test.includes(`${name}(`)) ?? names.at(-1) ?? '';
}

/** Lines up to the end of a text, the one that it ends on included. */
function countLines(text: string): number {
  return text.split('\n').length;
}
