import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import type { Grading } from '../../domain/task.js';
import type { Limits, TestReport } from '../../domain/test-report.js';
import { judge } from '../../domain/verdict.js';
import { packagePath } from '../package-path.js';
import { type Attack, corpusSchema } from '../parse/attack.js';
import type { Sandbox } from '../sandbox/sandbox.js';

/** What became of one attack under one kind of grading. */
export interface AttackResult {
  readonly id: string;
  readonly tries: string;
  readonly grading: Grading;
  readonly expected: string;
  /** The verdict; of a hostile program the end of its run. */
  readonly got: string;
  readonly ok: boolean;
}

const MIB = 1024 * 1024;
/** Tight, so that hostile programs reach them soon. */
const LIMITS: Limits = {
  cpuSeconds: 2,
  wallSeconds: 12,
  memoryBytes: 512 * MIB,
  processes: 32,
  outputBytes: 64 * 1024,
  tmpBytes: 32 * MIB,
};
const TESTS = {
  cheat: 'assert f(1) == 2\n',
  hostile: 'assert f(1) == 2\n',
  escape: 'found = f(1)\nassert found == "held", found\n',
};

/** The cheating and hostile programs that ship with the sandbox. */
export async function readCorpus(): Promise<readonly Attack[]> {
  return corpusSchema.parse(parse(await readFile(packagePath('infra/attacks/corpus.yaml'), 'utf8')));
}

/** Runs an attack in a sandbox and judges what came of it as any program is judged. */
export async function runAttack(sandbox: Sandbox, attack: Attack, grading: Grading): Promise<AttackResult> {
  const { id, tries, program, prelude, test, wants } = attack;
  const source = test ?? TESTS[wants];
  const job = { id: `${id} ${grading}`, program, test: source, prelude, grading, limits: LIMITS };
  const report = await sandbox.run({ ...job, entryPoint: 'f', entryKind: 'function', cases: null, reference: null });
  return { id, tries, grading, ...compare(attack, grading, report) };
}

function compare(
  { wants, promised, ends }: Attack,
  grading: Grading,
  report: TestReport,
): Pick<AttackResult, 'expected' | 'got' | 'ok'> {
  const verdict = judge(report);
  if (wants === 'hostile') {
    return { expected: ends.join(' or '), got: report.endOfRun, ok: ends.includes(report.endOfRun) };
  }
  if (wants === 'escape') return { expected: 'pass', got: verdict, ok: verdict === 'pass' };
  const isPromised = promised.includes(grading);
  return { expected: isPromised ? 'no pass' : 'no promise', got: verdict, ok: !isPromised || verdict !== 'pass' };
}
