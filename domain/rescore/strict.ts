import { classByMessage, classifyByRules } from '../recorded/rules.js';
import { classifyCrash, findCrash } from '../recorded/crash.js';
import { cleanLines } from '../recorded/clean-text.js';
import { takeApart, type RecordedProgram } from '../recorded/program.js';
import { judgeQuiet, swallowedByFunction, type Judgement } from '../recorded/quiet.js';
import { outline } from '../recorded/test-outline.js';
import { lastRaised, parseChains, type Chain } from '../recorded/traceback.js';
import { markedRun } from '../markers.js';
import type { RecordedOutput } from './authors.js';

/** A run of a program that was made elsewhere. */
export interface RecordedRun extends RecordedOutput {
  readonly taskId: string;
  readonly model: string;
  /** What was run; null if it was not recorded. */
  readonly program: string | null;
  /** The model's whole answer; null if it was not recorded. */
  readonly prediction: string | null;
}

/** What is known of a task besides its runs: the reference's own run, and the packages that it asks for. */
export interface RecordedTask {
  readonly taskId: string;
  readonly requirements: readonly string[];
  readonly reference: RecordedRun | null;
}

/**
 * The verdict on a recorded run, with fault, class and evidence, from its texts alone. A failure that the reference's run
 * has as well, in the same statement of the test or in the same words, is the task's. `low` confidence says that they
 * admit another reading. Never throws, whatever the texts.
 */
export function judgeStrictly(run: RecordedRun, task: RecordedTask | null = null): Judgement {
  const { failedAt, ...judgement } = judgeAlone(run, task?.requirements ?? null);
  const reference = task?.reference ?? null;
  if (judgement.fault !== 'model' || reference === null) return judgement;
  const beside = judgeAlone(reference, task?.requirements ?? null);
  const isSame = failedAt === null ? isSameEnd(judgement, beside) : failedAt === beside.failedAt;
  if (!isSame || beside.fault === 'infrastructure') return judgement;
  return { ...judgement, verdict: 'unscored', fault: 'task', confidence: 'low' };
}

/** What a recorder writes in place of the middle of a long text. */
const CUT = /^\.{3}\s?\[?\d+ (?:bytes|characters|lines) (?:cut|omitted|truncated)\]?\s?\.{3}$/;

/** The reference's run ended in the same words. */
function isSameEnd({ evidence }: Judgement, { verdict, evidence: other }: Judgement): boolean {
  return verdict !== 'pass' && evidence !== '' && evidence === other;
}

/** A judgement, and the source of the test's statement that crashed; null if none did. */
type Judged = Judgement & { readonly failedAt: string | null };

function judgeAlone(run: RecordedRun, requirements: readonly string[] | null): Judged {
  const output = cleanLines(run.stdout);
  const lines = cleanLines(run.stderr);
  const program = run.program === null ? null : takeApart(run.program, run.prediction);
  const read = program === null ? null : outline(program.testTree, program.entryPoint);
  const crash = findCrash(
    parseChains(lines),
    lines.some((line) => CUT.test(line)),
  );
  if (crash !== null) {
    const found = classifyCrash({ ...crash, program, outline: read, requirements });
    const inTest = lastRaised(crash.chain).frames.find(({ name }) => name !== '<module>')?.code ?? '';
    const failedAt = program?.test.includes(inTest) === true && inTest !== '' ? inTest : null;
    const hidden =
      program === null || !lacksValue(crash, program) ? null : swallowedByFunction({ output, program, requirements });
    // The function hid a fault of the network and went on without what it had asked for.
    if (found.fault === 'model' && hidden?.fault === 'infrastructure') return { ...hidden, failedAt };
    return { ...found, verdict: found.fault === 'model' ? 'fail' : 'unscored', failedAt };
  }
  const quiet = { output, stdout: run.stdout, stderr: run.stderr, requirements };
  const judgement =
    interrupted(lines) ??
    (program === null || read === null ? judgeOutput(run, output) : judgeQuiet({ ...quiet, program, outline: read }));
  return { ...judgement, failedAt: null };
}

/** The crash is what comes of a value that is not there: in the test, or where the function uses what it did not get. */
function lacksValue({ chain, file }: { chain: Chain; file: string }, program: RecordedProgram): boolean {
  const { frames, type, message } = lastRaised(chain);
  const own = frames.findLast((frame) => frame.file === file);
  const isInTest = own !== undefined && program.part(own.line) === 'test';
  return isInTest || type === 'UnboundLocalError' || message.includes('NoneType');
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
  const { cases, started, finished } = markedRun(stdout, stderr);
  const line = output.findLast((text) => /\bfailed\b|\bskipp|not found|^error\b/i.test(text)) ?? '';
  if (cases.includes('failed') || line !== '') {
    const evidence = { type: '', lines: [line], program: null, requirements: null };
    const found = classifyByRules(evidence) ?? { errorClass: classByMessage('', line), fault: 'model' as const };
    const verdict = found.fault === 'model' ? 'fail' : 'unscored';
    return { ...found, verdict, confidence: 'low', evidence: line.trim() };
  }
  const closing = { confidence: 'low', evidence: finished ? 'Testing finished.' : '' } as const;
  if (finished) return { verdict: 'pass', errorClass: 'none', fault: null, ...closing };
  return { verdict: 'unverified', errorClass: 'unverified', fault: started ? 'infrastructure' : 'task', ...closing };
}
