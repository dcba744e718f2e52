import type { Trial } from './trial.js';
import type { Fault } from './verdict.js';

export const TASK_STATUSES = ['usable', 'vacuous', 'flaky', 'broken', 'needs-network', 'needs-gpu'] as const;
/** What a task is worth: only results on a usable one say something of a model. */
export type TaskStatus = (typeof TASK_STATUSES)[number];

/** What a validation found of a task, under one set of conditions. Times in milliseconds, of the slower reference run. */
export interface TaskValidation {
  readonly taskId: string;
  /** See `Trial.conditions`; "" for a task that could not even be read. */
  readonly conditions: string;
  readonly status: TaskStatus;
  /** Whose fault it is that it is not usable; null where it is. */
  readonly fault: Exclude<Fault, 'model'> | null;
  /** One line: what was seen. */
  readonly evidence: string;
  readonly cases: number;
  readonly asserts: number;
  readonly wallMs: number;
  readonly cpuMs: number;
  readonly peakMemoryBytes: number;
  /** Reference runs under these conditions, of all validations there ever were. */
  readonly passedRuns: number;
  readonly failedRuns: number;
  /** Mutants that could be judged, how many of them the test noticed, and what was changed in the others. */
  readonly mutants: number;
  readonly killed: number;
  readonly survivors: readonly string[];
  /** Report of the last reference run, in the store. */
  readonly reportSha256: string | null;
}

/** What was known of a suite's tasks when a sweep was planned, under the sweep's own conditions. */
export interface SuiteValidation {
  readonly suite: string;
  /** Tasks that the sweep asks for. */
  readonly tasks: number;
  /** Those of which nothing was known. */
  readonly unvalidated: number;
  /** Tasks of the sweep that are not usable, and those that it leaves out for that. */
  readonly notUsable: readonly Pick<TaskValidation, 'taskId' | 'status'>[];
  readonly leftOut: readonly Pick<TaskValidation, 'taskId' | 'status'>[];
  /** The command that validates them. */
  readonly command: string;
}

/** With fewer, that none is noticed may be chance: some mutants do the same as the reference. */
const MUTANTS_FOR_A_VERDICT = 3;
/** Ends that a limit, or a signal, brings about. */
export const BY_LIMIT: ReadonlySet<string> = new Set([
  'signal',
  'cpu-time',
  'wall-time',
  'memory',
  'output',
  'processes',
]);

type Judged = Pick<TaskValidation, 'status' | 'fault' | 'evidence'>;

/**
 * What the runs of a task come to. `history` are all runs of its reference under the same conditions, these included:
 * a task that ever had both outcomes is flaky. `noVariants` is why no stubs could be made of its reference, where none could.
 */
export function concludeTask(
  task: Pick<TaskValidation, 'taskId' | 'conditions'>,
  trials: readonly Trial[],
  history: readonly Trial[],
  noVariants: string | null = null,
): TaskValidation {
  const references = trials.filter(({ kind }) => kind === 'reference' || kind === 'again');
  const judgedMutants = trials.filter(({ kind, verdict }) => kind === 'mutant' && verdict !== 'unscored');
  const survivors = judgedMutants.filter(({ verdict }) => verdict === 'pass').map(({ what }) => what);
  const most = (measure: (trial: Trial) => number): number => Math.max(0, ...references.map(measure));
  return {
    ...task,
    ...judgeTask(trials, references, history, noVariants),
    cases: most(({ cases }) => cases.length),
    asserts: most(({ asserts }) => asserts),
    wallMs: most(({ wallMs }) => wallMs),
    cpuMs: most(({ cpuMs }) => cpuMs),
    peakMemoryBytes: most(({ peakMemoryBytes }) => peakMemoryBytes),
    passedRuns: history.filter(({ verdict }) => verdict === 'pass').length,
    failedRuns: history.filter(({ verdict }) => verdict !== 'pass').length,
    mutants: judgedMutants.length,
    killed: judgedMutants.length - survivors.length,
    survivors,
    reportSha256: references.at(-1)?.reportSha256 ?? null,
  };
}

function judgeTask(
  trials: readonly Trial[],
  references: readonly Trial[],
  history: readonly Trial[],
  noVariants: string | null,
): Judged {
  const unjudged = references.find(({ verdict }) => verdict === 'unscored');
  if (unjudged !== undefined || references.length === 0) {
    const why = unjudged?.message ?? 'its reference was never run';
    return { status: 'broken', fault: 'infrastructure', evidence: `the reference could not be judged: ${why}` };
  }
  return (
    flaky(trials, references, history) ??
    failing(trials, references) ??
    vacuous(trials) ??
    untold(trials, noVariants) ??
    usable(trials, references)
  );
}

function flaky(trials: readonly Trial[], references: readonly Trial[], history: readonly Trial[]): Judged | null {
  const passed = history.filter(({ verdict }) => verdict === 'pass').length;
  const base = { status: 'flaky', fault: 'task' } as const;
  if (passed > 0 && passed < history.length) {
    const last = history.findLast(({ verdict }) => verdict !== 'pass');
    const how = last === undefined ? '' : `; it failed with ${describe(last)}`;
    return { ...base, evidence: `the reference passed ${passed} of ${history.length} runs${how}` };
  }
  const shapes = new Set(references.map(({ cases }) => cases.join(',')));
  if (passed > 0 && shapes.size > 1) return { ...base, evidence: 'the cases of the two reference runs differ' };
  const reversed = trials.find(
    ({ kind, verdict }) => kind === 'reversed' && verdict !== 'pass' && verdict !== 'unscored',
  );
  if (reversed === undefined) return null;
  return { ...base, evidence: `the reference failed once with its cases in reverse order: ${describe(reversed)}` };
}

function failing(trials: readonly Trial[], references: readonly Trial[]): Judged | null {
  const failed = references.find(({ verdict }) => verdict !== 'pass');
  if (failed === undefined) return null;
  const what = describe(failed);
  const nothing = unproved(failed);
  // Its assertions held as things are: with a network it would still call no function.
  if (nothing !== null && !failed.entered && failed.asserts > 0) return nothing;
  const asked = askedForNetwork(trials, references);
  if (asked !== null) {
    const guess = NETWORK_TYPES.test(failed.exception?.type ?? '') ? '' : ' (that the network is why is a guess)';
    return { status: 'needs-network', fault: 'environment', evidence: `${asked}, and failed${guess}: ${what}` };
  }
  if (failed.gpu !== null) {
    const guess = failed.gpu === 'words' ? ' (a guess from its words)' : '';
    return { status: 'needs-gpu', fault: 'environment', evidence: `it asked for a GPU${guess}: ${what}` };
  }
  return nothing ?? { status: 'broken', fault: faultOf(failed), evidence: `the reference fails: ${what}` };
}

/** Exceptions by which libraries say that something could not be reached; OSError is the system's own. */
const NETWORK_TYPES =
  /^(?:OSError|URLError|HTTPError|gaierror|timeout|TimeoutError|Connect\w*|Proxy\w*|MaxRetryError|NewConnectionError|\w*ConnectionError|ConnectionRefusedError|LocalEntryNotFoundError|OfflineMode\w*)$/;

/** What it was seen to do; null for nothing. */
function askedForNetwork(trials: readonly Trial[], references: readonly Trial[]): string | null {
  if (references.some(({ network }) => network)) return 'it opened a network socket';
  const isSeenOnline = trials.some(({ kind, network }) => kind === 'online' && network);
  return isSeenOnline ? 'it opens a network socket once the Hugging Face libraries may' : null;
}

/** A reference that comes to its end without having proved anything. */
function unproved({ verdict, endOfRun, message, asserts, entered, cases }: Trial): Judged | null {
  if (verdict !== 'unverified' || endOfRun !== 'ok' || message !== null) return null;
  if (!entered) return verifiesNothing('the function under test is never called');
  if (asserts === 0) return verifiesNothing('no assertion ever holds');
  const missed = cases.filter((status) => status === 'not-run').length;
  return missed === 0 ? null : verifiesNothing(`${missed} of ${cases.length} cases are not reached`);
}

function verifiesNothing(why: string): Judged {
  return { status: 'vacuous', fault: 'task', evidence: `the test verifies nothing of the reference: ${why}` };
}

function faultOf({ endOfRun, exception }: Trial): 'task' | 'environment' {
  const isImport = exception?.type === 'ModuleNotFoundError' || exception?.type === 'ImportError';
  return isImport || BY_LIMIT.has(endOfRun ?? '') ? 'environment' : 'task';
}

function vacuous(trials: readonly Trial[]): Judged | null {
  const passing = trials.filter(({ kind, verdict }) => kind === 'stub' && verdict === 'pass');
  if (passing.length > 0) {
    const stubs = passing.map(({ what }) => `\`${what}\``).join(', ');
    return { status: 'vacuous', fault: 'task', evidence: `a program that does nothing passes: ${stubs}` };
  }
  const { mutants, killed } = mutantsOf(trials);
  if (mutants < MUTANTS_FOR_A_VERDICT || killed > 0) return null;
  return { status: 'vacuous', fault: 'task', evidence: `the test notices none of ${mutants} changes to the reference` };
}

/** Without a program that does nothing and was judged, nobody knows whether the test tells one from the reference. */
function untold(trials: readonly Trial[], noVariants: string | null): Judged | null {
  const stubs = trials.filter(({ kind }) => kind === 'stub');
  const unjudged = stubs.find(({ verdict }) => verdict === 'unscored');
  if (stubs.length > 0 && unjudged === undefined) return null;
  const why = unjudged?.message ?? noVariants ?? 'there are none';
  return {
    status: 'broken',
    fault: 'infrastructure',
    evidence: `programs that do nothing could not be judged: ${why}`,
  };
}

function usable(trials: readonly Trial[], references: readonly Trial[]): Judged {
  const { mutants, killed } = mutantsOf(trials);
  const stubs = trials.filter(({ kind }) => kind === 'stub').length;
  const evidence = `the reference passed ${references.length} times, ${stubs} stubs failed, ${killed} of ${mutants} mutants were noticed`;
  return { status: 'usable', fault: null, evidence };
}

function mutantsOf(trials: readonly Trial[]): { mutants: number; killed: number } {
  const judged = trials.filter(({ kind, verdict }) => kind === 'mutant' && verdict !== 'unscored');
  return { mutants: judged.length, killed: judged.filter(({ verdict }) => verdict !== 'pass').length };
}

/** How a run went wrong, in one line. */
function describe({ endOfRun, exception, cases, message }: Trial): string {
  if (exception !== null) {
    const text = exception.message.split('\n')[0]?.slice(0, 200) ?? '';
    const where = exception.line === null ? '' : `, line ${exception.line}`;
    return `${exception.type}${text === '' ? '' : `: ${text}`} (in the ${exception.phase === 'test' ? 'test' : 'program'}${where})`;
  }
  if (message !== null) return message;
  const failed = cases.filter((status) => status === 'failed' || status === 'error').length;
  if (endOfRun === 'ok' && failed > 0) return `${failed} of ${cases.length} cases failed`;
  return endOfRun === 'ok' ? 'nothing was proved' : `end of run: ${endOfRun}`;
}
