import { headerOf, SECTIONS, type SectionName, splitSections } from '../aicodereval-sections.js';
import { answerIn, fencedBlocks } from '../answer-blocks.js';
import { type Statement, topLevelStatements } from '../python-source.js';

/** A section's header as models write it: as a comment or a Markdown heading, with or without its hyphens. */
const HEADER = new RegExp(String.raw`^\s*#{1,4}\s*\W{0,4}(${SECTIONS.join('|')})\W*$`);

/**
 * The program in AICoderEval's sections that an answer holds; null if it holds no function. Answers that give imports, functions and
 * a test without the sections' headers are put into sections. Pure, and it never throws.
 */
export function draftProgram(answer: string): string | null {
  const text = answerIn(answer);
  const blocks = fencedBlocks(text).map(({ code }) => code);
  const code = blocks.join('\n\n');
  const source = [code, text].find((each) => count(each) > 1);
  if (source !== undefined) return fromSections(source);
  const bare = code === '' && /^(?:def|import|from) /m.test(text) ? text : code;
  return fromStatements(topLevelStatements(withoutHeaders(bare)));
}

function count(source: string): number {
  return source.split('\n').filter((line) => HEADER.test(line)).length;
}

/** A header alone parts nothing. */
function withoutHeaders(source: string): string {
  return source
    .split('\n')
    .filter((line) => !HEADER.test(line))
    .join('\n');
}

function fromSections(source: string): string | null {
  const lines = source.split('\n').flatMap((line) => {
    const name = HEADER.exec(line)?.[1] as SectionName | undefined;
    if (name !== undefined) return [headerOf(name)];
    // Headers that stand outside of the fences: each section may have one of its own.
    return /^\s*(?:```|~~~)/.test(line) ? [] : [line];
  });
  const { sections } = splitSections(lines.join('\n'));
  const textOf = (name: SectionName): string => sections.get(name)?.text ?? '';
  const code = textOf('function_code');
  if (!/^(?:async\s+)?def /m.test(code)) return null;
  const test = textOf('test_function_code');
  const call = textOf('call_test_function_line') || textOf('call_test_function_code') || callsOf(test);
  return inSections({
    requirements_file: withDoubleQuotes(textOf('requirements_file')),
    function_import: textOf('function_import'),
    function_code: code,
    test_function_code: test,
    call_test_function_line: call,
  });
}

/** The list is JSON, and models write it as Python does. */
function withDoubleQuotes(requirements: string): string {
  return requirements.replaceAll(/'([^'"\n]*)'/g, '"$1"');
}

function fromStatements(statements: readonly Statement[]): string | null {
  const textOf = (kept: readonly Statement[]): string => kept.map(({ text }) => text.trim()).join('\n\n\n');
  const imports = statements.filter(({ kind }) => kind === 'import');
  const rest = statements.filter(({ kind }) => kind === 'definition' || kind === 'assignment');
  const isTest = ({ kind, name }: Statement): boolean => kind === 'definition' && /^test/i.test(name ?? '');
  const code = rest.filter((each) => !isTest(each));
  if (!code.some(({ kind }) => kind === 'definition')) return null;
  const test = textOf(rest.filter(isTest));
  return inSections({
    requirements_file: '',
    function_import: imports.map(({ text }) => text.trim()).join('\n'),
    function_code: textOf(code),
    test_function_code: test,
    call_test_function_line: callsOf(test),
  });
}

/** Runs the test functions that want no argument. */
function callsOf(test: string): string {
  const names = [...test.matchAll(/^def (test\w*)\(\s*\)/gim)].map(([, name]) => name);
  return names.map((name) => `${name}()`).join('\n');
}

function inSections(texts: Partial<Record<SectionName, string>>): string {
  const parts = SECTIONS.flatMap((name) => {
    const text = (texts[name] ?? '').trim();
    return text === '' ? [] : [`${headerOf(name)}\n\n${text}\n`];
  });
  return parts.join('\n');
}
