import { readFileSync } from 'node:fs';
import { headerOf } from '../../domain/aicodereval-sections.js';

/** What a model drafts from the record `tools.<name>`, in AICoderEval's sections. */
export interface DraftText {
  readonly name: string;
  /** What the docstring asks for. */
  readonly purpose: string;
  /** Lines of the function's body. */
  readonly body: readonly string[];
  /** Conditions, each asserted by a case; `f` is the function. */
  readonly cases: readonly string[];
  readonly imports?: string;
}

/** The answer with that draft; its function is called `make_<name>`. */
export function draftAnswer({ name, purpose, body, cases, imports = 'import math' }: DraftText): string {
  const entry = `make_${name}`;
  const code = [`def ${entry}(values):`, `    """${purpose}"""`, ...body.map((line) => `    ${line}`)];
  const test = [
    `def test_${entry}():`,
    '    print("Testing started.")',
    ...cases.flatMap((condition, at) => [
      `    print("Testing case [${at + 1}/${cases.length}] started.")`,
      `    assert ${condition.replaceAll('f(', `${entry}(`)}, "Test case [${at + 1}/${cases.length}] failed"`,
    ]),
    '    print("Testing finished.")',
  ];
  const parts = [
    [headerOf('function_import'), imports],
    [headerOf('function_code'), code.join('\n')],
    [headerOf('test_function_code'), test.join('\n')],
    [headerOf('call_test_function_line'), `test_${entry}()`],
  ];
  return `Here is the task.\n\`\`\`python\n${parts.map(([header, text]) => `${header}\n\n${text}\n`).join('\n')}\`\`\`\n`;
}

/** A draft that is a sound task, unlike that of any other number. */
export function soundDraft(name: string, number: number): DraftText {
  const words = ['alpha', 'beta', 'gamma', 'delta', 'kappa', 'sigma', 'omega', 'theta'];
  const own = Array.from({ length: 8 }, (_, at) => words[(number * (at + 1) + at) % words.length]).join(' ');
  return {
    name,
    purpose: `The ${own} measure number ${number} of a list of numbers: ${number} times the span, plus their count.`,
    body: [
      `${name} = sorted(values)`,
      `span = ${name}[-1] - ${name}[0]`,
      `return ${number} * span + len(values)${' + 0'.repeat(number)}`,
    ],
    cases: [`f([1, 3]) == ${2 * number + 2}`, 'f([4]) == 1', `f([5, 5, 9]) == ${4 * number + 3}`],
  };
}

/** A line of a records file. */
export function recordLine(name: string): string {
  return `${JSON.stringify({ id: name, name: `tools.${name}`, library: 'tools', documentation: `tools.${name} sorts <b>values</b>.` })}\n`;
}

/** A line of a build's provenance. */
export interface BuiltLine {
  readonly task_id: string;
  readonly outcome: string;
  readonly why: { readonly kind: string; readonly evidence: string } | null;
  readonly answered_by: readonly string[];
  readonly steps: readonly { readonly step: string }[];
}

/** The objects of a JSONL file. */
export function linesOf<T>(file: string): T[] {
  return readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as T);
}
