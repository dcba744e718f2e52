import { judgeStrictly, type RecordedRun } from '../../domain/rescore/strict.js';

/** What a recorded run of a small program is made of. */
export interface RunParts {
  readonly imports?: string;
  /** Lines of the docstring behind its first one. */
  readonly documented?: string;
  readonly prediction?: string;
  /** The test function's body, its lines indented by four spaces. */
  readonly test?: string;
  readonly call?: string;
  readonly stdout?: string;
  readonly stderr?: string;
}

const HEADER = (name: string): string => `# ${name} ${'-'.repeat(20)}`;

/** A run in the format of AICoderEval's records, assembled as the authors did: the function under test is `count_words`. */
export function recordedRun(parts: RunParts): RecordedRun {
  const { imports = 'import os', documented = '', prediction = '\n    return len(text.split())\n' } = parts;
  const { test = "    assert count_words('a b') == 2\n    return 'All Tests Passed'", call = 'test_count_words()' } =
    parts;
  const prompt = `${HEADER('function_import')}\n\n${imports}\n\n${HEADER('function_code')}\n\ndef count_words(text):\n    """Count words.\n${documented}    """`;
  const kept = prediction.split('\ndef')[0] ?? '';
  const tested = `${HEADER('test_function_code')}\n\ndef test_count_words():\n${test}\n`;
  return {
    taskId: 'count',
    model: 'm',
    program: `${prompt}${kept}\n\n${tested}\n${HEADER('call_test_function_code')}\n\n${call}\n`,
    prediction,
    stdout: parts.stdout ?? '',
    stderr: parts.stderr ?? '',
  };
}

/** Frames of a traceback by their lines of source, from the outermost in. */
export type Frames = readonly (readonly [code: string, name: string])[];

/** The test's own assertion, and the function under it. */
export const IN_TEST: Frames = [
  ['test_count_words()', '<module>'],
  ["assert count_words('a b') == 2", 'test_count_words'],
];
export const IN_FUNCTION: Frames = [...IN_TEST, ['return len(text.split())', 'count_words']];

/** A run that ended by an exception; `before` is written above its traceback. */
export function crashed(raised: string, at: Frames = IN_FUNCTION, parts: RunParts = {}, before = ''): RecordedRun {
  const run = recordedRun(parts);
  return { ...run, stderr: `${before}${traceback(run.program ?? '', at, raised)}` };
}

/** Verdict, fault, class and confidence of a run by the strict rule. */
export function found(run: RecordedRun): (string | null)[] {
  const { verdict, fault, errorClass, confidence } = judgeStrictly(run);
  return [verdict, fault, errorClass, confidence];
}

/** A traceback through the top of such a program; `at` are texts of its lines, from the outermost in. */
export function traceback(program: string, at: Frames, raised: string): string {
  const lines = program.split('\n');
  const frames = at.flatMap(([code, name]) => {
    const line = lines.findLastIndex((text) => text.trim() === code) + 1;
    return [`  File "./count.py", line ${line}, in ${name}`, `    ${code}`];
  });
  return ['Traceback (most recent call last):', ...frames, raised, ''].join('\n');
}
