import { classByMessage, classifyByRules } from '../recorded/rules.js';
import { classifyCrash, findCrash } from '../recorded/crash.js';
import { cleanLines } from '../recorded/clean-text.js';
import { takeApart } from '../recorded/program.js';
import { judgeQuiet, type Judgement } from '../recorded/quiet.js';
import { outline } from '../recorded/test-outline.js';
import { lastRaised, parseChains } from '../recorded/traceback.js';
import { markedRun } from '../markers.js';
import type { RecordedOutput } from './authors.js';

/** A run of a program that was made elsewhere. */
export interface RecordedRun extends RecordedOutput {
  readonly taskId: string;
  readonly model: string;
  /** What was run; "" if it was not recorded. */
  readonly program: string;
  /** The model's whole answer; "" if it was not recorded. */
  readonly prediction: string;
}

/** What is known of a task besides its runs: the reference's own run, and the packages that it asks for. */
export interface RecordedTask {
  readonly taskId: string;
  readonly requirements: readonly string[];
  readonly reference: RecordedRun | null;
}

/**
 * The verdict on a recorded run, with fault, class and evidence, from its texts alone. `low` confidence says that they
 * admit another reading. Never throws, whatever the texts.
 */
export function judgeStrictly(run: RecordedRun, task: RecordedTask | null = null): Judgement {
  const { failedAt, ...judgement } = judgeAlone(run, task?.requirements ?? null);
  const reference = task?.reference ?? null;
  if (judgement.fault !== 'model' || failedAt === null || reference === null) return judgement;
  // Rule 6 of the notes: a crash in the statement of the test in which the reference crashed as well is the task's.
  const beside = judgeAlone(reference, task?.requirements ?? null);
  if (failedAt !== beside.failedAt || beside.fault === 'infrastructure') return judgement;
  return { ...judgement, verdict: 'unscored', fault: 'task', confidence: 'low' };
}

/** A judgement, and the source of the test's statement that crashed; null if none did. */
type Judged = Judgement & { readonly failedAt: string | null };

function judgeAlone(run: RecordedRun, requirements: readonly string[] | null): Judged {
  const output = cleanLines(run.stdout);
  const lines = cleanLines(run.stderr);
  const program = run.program === '' ? null : takeApart(run.program, run.prediction);
  const read = program === null ? null : outline(program.testTree, program.entryPoint);
  const crash = findCrash(parseChains(lines));
  if (crash !== null) {
    const found = classifyCrash({ ...crash, program, outline: read, requirements });
    const inTest = lastRaised(crash.chain).frames.find(({ name }) => name !== '<module>')?.code ?? '';
    const failedAt = program?.test.includes(inTest) === true && inTest !== '' ? inTest : null;
    return { ...found, verdict: found.fault === 'model' ? 'fail' : 'unscored', failedAt };
  }
  const quiet = { output, stdout: run.stdout, stderr: run.stderr, requirements };
  const judgement =
    interrupted(lines) ??
    (program === null || read === null ? judgeOutput(run, output) : judgeQuiet({ ...quiet, program, outline: read }));
  return { ...judgement, failedAt: null };
}

/** A run that was ended from outside leaves no traceback of its own program. */
function interrupted(lines: readonly string[]): Judgement | null {
  const last = lines.at(-1) ?? '';
  if (!/^(?:KeyboardInterrupt|Killed|Terminated|Aborted)\b|Segmentation fault/.test(last)) return null;
  const fault = 'infrastructure';
  return { verdict: 'unscored', errorClass: 'interrupted', fault, confidence: 'high', evidence: last };
}

/** Without the program only markers and words are left. */
function judgeOutput({ stdout, stderr }: RecordedRun, output: readonly string[]): Judgement {
  const { cases, finished } = markedRun(stdout, stderr);
  const line = output.findLast((text) => /\bfailed\b|\bskipp|not found|^error\b/i.test(text)) ?? '';
  if (cases.includes('failed') || line !== '') {
    const evidence = { type: '', lines: [line], program: null, requirements: null };
    const found = classifyByRules(evidence) ?? { errorClass: classByMessage('', line), fault: 'model' as const };
    const verdict = found.fault === 'model' ? 'fail' : 'unscored';
    return { ...found, verdict, confidence: 'low', evidence: line.trim() };
  }
  const closing = { confidence: 'low', evidence: finished ? 'Testing finished.' : '' } as const;
  if (finished) return { verdict: 'pass', errorClass: 'none', fault: null, ...closing };
  return { verdict: 'unverified', errorClass: 'unverified', fault: 'infrastructure', ...closing };
}
