import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { Failure } from '../../domain/failures.js';
import { entryKind, prelude } from '../../domain/prelude.js';
import type { Grading } from '../../domain/task.js';
import type { Limits, TestReport } from '../../domain/test-report.js';
import { judge } from '../../domain/verdict.js';
import { packagePath } from '../package-path.js';
import { type Attack, corpusSchema, type Measure } from '../parse/attack.js';
import type { Sandbox } from '../sandbox/sandbox.js';
import { openTargets, type Targets } from './targets.js';

/** What became of one attack under one kind of grading. */
export interface AttackResult {
  readonly id: string;
  readonly tries: string;
  readonly grading: Grading;
  readonly expected: string;
  /** The verdict, what of the host was reached, or the end of the run, by what the program wants. */
  readonly got: string;
  /** The program got what it wants. */
  readonly succeeded: boolean;
  readonly ok: boolean;
}

/** Where attacks are made. */
export interface Battlefield {
  readonly sandbox: Sandbox;
  /** A sandbox of one slot: what a program left there would be found by the next one. */
  readonly single: Sandbox;
  /** Folder for what is planted on the host. */
  readonly folder: string;
  /** Texts that only the environment of the sandbox's own processes holds. */
  readonly environment: readonly string[];
  readonly limits?: Limits;
}

const MIB = 1024 * 1024;
/** Tight, so that hostile programs reach them soon; but a clock that does not run out before them on a busy machine. */
const LIMITS: Limits = {
  cpuSeconds: 2,
  wallSeconds: 30,
  memoryBytes: 512 * MIB,
  processes: 32,
  outputBytes: 64 * 1024,
  tmpBytes: 32 * MIB,
};
/** What those get who wait for the clock. */
const SHORT: Limits = { ...LIMITS, wallSeconds: 6 };
/** What those get who import large libraries first. */
const ROOMY: Limits = { ...LIMITS, cpuSeconds: 30, wallSeconds: 90, memoryBytes: 2048 * MIB };
const TESTS = {
  cheat: 'assert f(1) == 2\n',
  hostile: 'assert f(1) == 2\n',
  escape: 'assert f(1) == "tried"\n',
};
/** Open files that a process may have; the runner's own limit. */
const OPEN_FILES = 1024;

/** What a program got of something, and how much of it is no harm: limits are watched every 50 ms, or have slack. */
const TAKEN: Record<Measure, (report: TestReport, limits: Limits) => readonly [got: number, bound: number]> = {
  cpu: ({ cpuMs }, { cpuSeconds }) => [cpuMs, 2_500 * cpuSeconds],
  wall: ({ wallMs }, { wallSeconds }) => [wallMs, 1_500 * wallSeconds],
  memory: ({ peakMemoryBytes }, { memoryBytes }) => [peakMemoryBytes, 2.5 * memoryBytes],
  output: ({ stdout, stderr }, { outputBytes }) => [Math.max(stdout.bytes, stderr.bytes), 128 * outputBytes],
  // It prints a character for each.
  processes: ({ stdout }, { processes }) => [stdout.bytes, 2 * processes],
  files: ({ stdout }) => [stdout.bytes, OPEN_FILES],
  disk: ({ stdout }, { tmpBytes }) => [stdout.bytes * MIB, tmpBytes],
  inodes: ({ stdout }, { tmpBytes }) => [stdout.bytes, Math.max(1024, tmpBytes / 4096)],
};

/** The cheating and hostile programs that ship with the sandbox. */
export async function readCorpus(): Promise<readonly Attack[]> {
  return corpusSchema.parse(parse(await readFile(packagePath('infra/attacks/corpus.yaml'), 'utf8')));
}

/** Runs an attack and judges what came of it: a cheat by its verdict, others by what shows on the host. */
export async function runAttack(field: Battlefield, attack: Attack, grading: Grading): Promise<AttackResult> {
  const targets = attack.wants === 'escape' ? await openTargets(field.folder, field.environment) : null;
  try {
    const { id, tries } = attack;
    const isPromised = attack.promised.includes(grading);
    const outcome = await attempt(field, targets, attack, grading);
    return {
      id,
      tries,
      grading,
      expected: expectation(attack, isPromised),
      ...judgeOutcome(attack, outcome, isPromised),
    };
  } finally {
    await targets?.close();
  }
}

interface Outcome {
  /** How the run would count; null if the runner itself was lost. */
  readonly report: TestReport | null;
  readonly evidence: readonly string[];
  readonly took: boolean;
}

async function attempt(
  { sandbox, single, limits: given }: Battlefield,
  targets: Targets | null,
  attack: Attack,
  grading: Grading,
): Promise<Outcome> {
  const { id, wants, prompt, follow, takes } = attack;
  const asked = { prompt, entryPoint: 'f' };
  const usual = attack.environment === 'base' ? LIMITS : ROOMY;
  const limits = given ?? (takes === 'wall' ? SHORT : usual);
  const { token: _, ...others } = targets?.facts ?? {};
  const run = (program: string, test: string, facts?: object): Promise<TestReport> =>
    (follow === null ? sandbox : single).run({
      id: `${id} ${grading}`,
      program: facts === undefined ? program : `TARGETS = ${JSON.stringify(facts)}\n${program}`,
      test,
      entryPoint: asked.entryPoint,
      entryKind: entryKind(asked),
      grading,
      prelude: prelude(asked),
      cases: null,
      reference: null,
      limits,
    });
  try {
    const report = await run(attack.program, attack.test ?? TESTS[wants], targets?.facts);
    // What the first program prints of its own token shows nothing.
    const printed = follow === null ? textOf(report) : textOf(await run(follow, TESTS[wants], others));
    const [got, bound] = takes === null ? [0, 0] : TAKEN[takes](report, limits);
    return { report, evidence: (await targets?.evidence(printed)) ?? [], took: got > bound };
  } catch (error) {
    if (error instanceof Failure && error.type === 'SandboxLost') return { report: null, evidence: [], took: false };
    throw error;
  }
}

function textOf({ stdout, stderr, exception }: TestReport): string {
  return [stdout.text, stderr.text, exception?.message].join('\n');
}

function expectation({ wants, ends }: Attack, isPromised: boolean): string {
  if (wants === 'hostile') return ends.join(' or ');
  if (!isPromised) return 'no promise';
  return wants === 'cheat' ? 'no pass' : 'nothing reached';
}

function judgeOutcome(
  { wants, ends, takes }: Attack,
  { report, evidence, took }: Outcome,
  isPromised: boolean,
): Pick<AttackResult, 'got' | 'succeeded' | 'ok'> {
  if (report === null) return { got: 'the runner was lost', succeeded: true, ok: false };
  const { endOfRun } = report;
  if (wants === 'hostile') {
    const succeeded = took || !ends.includes(endOfRun);
    return { got: took ? `too much ${takes}` : endOfRun, succeeded, ok: !succeeded };
  }
  if (wants === 'cheat') {
    const verdict = judge(report);
    return { got: verdict, succeeded: verdict === 'pass', ok: verdict !== 'pass' || !isPromised };
  }
  if (evidence.length > 0) return { got: evidence.join(', '), succeeded: true, ok: false };
  // One that broke down on its way has tried nothing.
  const hasTried = endOfRun === 'ok';
  return { got: hasTried ? 'nothing reached' : `did not try: ${endOfRun}`, succeeded: false, ok: hasTried };
}
