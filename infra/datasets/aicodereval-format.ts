import { headerOf, splitSections, type Section, type SectionName } from '../../domain/aicodereval-sections.js';
import { findFunction, topLevelStatements } from '../../domain/python-source.js';
import { UserError } from '../errors.js';
import { readRequirements } from '../parse/dataset-line.js';

const CASE = /^\s*print\(\s*f?["']Test(?:ing)? case \[\s*\d+\s*\/\s*(\d+)\s*\] started/gim;

/** A program in AICoderEval's format (arXiv 2406.04712), taken apart. */
export interface AiCoderEvalProgram {
  /** Lines `# key: value` above the first section. */
  readonly header: ReadonlyMap<string, string>;
  /** As written; names may not be installable. */
  readonly requirements: readonly string[];
  readonly entryPoint: string;
  /** Imports, helper functions, and the entry point's signature with its docstring. */
  readonly prompt: string;
  /** Imports and all of the functions. */
  readonly reference: string;
  /** Test function and the line that calls it. */
  readonly test: string;
  /** The n of the markers "Testing case [i/n] started."; null if the test has none. */
  readonly cases: number | null;
}

/** Takes a program apart; `file` is for errors. Throws UserError (exit 2) saying which section is missing or unusable. */
export function parseAiCoderEval(source: string, file: string): AiCoderEvalProgram {
  const { preamble, sections } = splitSections(source.replace(/\r\n?/g, '\n'));
  const textOf = (name: SectionName) => sections.get(name)?.text ?? '';
  const imports = textOf('function_import');
  const code = required(sections, 'function_code', file);
  const test = required(sections, 'test_function_code', file);
  const call = textOf(sections.has('call_test_function_line') ? 'call_test_function_line' : 'call_test_function_code');
  const entryPoint = testedFunction(code, test, file);
  const reference = imports === '' ? code : `${imports}\n\n\n${code}`;
  const found = findFunction(reference, entryPoint);
  if (found?.docstring === undefined || found.docstring === null) {
    throw invalid(file, 'function_code', `${entryPoint} has no docstring, so there is nothing to ask for`);
  }
  return {
    header: new Map(preamble.flatMap(keyAndValue)),
    requirements: parseRequirements(textOf('requirements_file'), file),
    entryPoint,
    prompt: `${reference.slice(0, found.headEnd)}\n`,
    reference: `${reference}\n`,
    test: `${test}\n\n\n${call}\n`,
    cases: [...test.matchAll(CASE)].map(([, n]) => Number(n)).at(-1) ?? null,
  };
}

function required(sections: ReadonlyMap<SectionName, Section>, name: SectionName, file: string): string {
  const text = sections.get(name)?.text ?? '';
  if (text !== '') return text;
  throw invalid(file, name, sections.has(name) ? 'is empty' : 'is missing');
}

/** Of several functions the last one that the test names: helpers come first. */
function testedFunction(code: string, test: string, file: string): string {
  const names = topLevelStatements(code).flatMap(({ kind, name }) => (kind === 'definition' ? (name ?? []) : []));
  const tested = names.findLast((name) => new RegExp(`(?<!\\w)${name}\\s*\\(`, 'u').test(test)) ?? names[0];
  if (tested === undefined) throw invalid(file, 'function_code', 'defines no function');
  return tested;
}

function parseRequirements(section: string, file: string): readonly string[] {
  const names = readRequirements(section);
  if (names === null) throw invalid(file, 'requirements_file', 'must be a JSON list of names');
  return names;
}

function keyAndValue(line: string): [string, string][] {
  const found = /^# ([a-z_]+): (.+)$/.exec(line);
  return found?.[1] === undefined || found[2] === undefined ? [] : [[found[1], found[2].trim()]];
}

function invalid(file: string, section: SectionName, problem: string): UserError {
  return new UserError(`${file}, section "${section}": ${problem}.`, {
    hint: `A section starts with the line "${headerOf(section)}".`,
    exitCode: 2,
  });
}
