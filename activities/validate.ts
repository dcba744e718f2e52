import type { Batch, BatchBeat } from '../domain/batches.js';
import { futureFirst } from '../domain/extract-candidate.js';
import { Failure } from '../domain/failures.js';
import type { Task } from '../domain/task.js';
import { limitedCpuMs, type Limits, type TestReport } from '../domain/test-report.js';
import {
  gpuSign,
  programsOf,
  reversedTest,
  type Trial,
  type ValidateItem,
  type ValidationPlan,
  type ValidationRow,
} from '../domain/trial.js';
import { judge } from '../domain/verdict.js';
import { validateItemsSchema, validationPlanSchema } from '../infra/parse/validation.js';
import { referenceLimits } from '../infra/sandbox/careful-sandbox.js';
import type { Sandbox, SandboxJob } from '../infra/sandbox/sandbox.js';
import { canonicalJson, sha256 } from '../infra/store/digest.js';
import { conditionsOf, validationFolder } from '../infra/store/validations.js';
import { type BatchDeps, keeping, planReader, runBatch } from './batch.js';
import type { BatchActivities } from './contract.js';
import { BATCH_PATIENCE, withHeartbeat } from './heartbeat.js';
import { jobOf, runPatiently } from './job.js';

/** A mutant may loop for ever: it gets this many times the processor time and the clock of its reference, and a second at least. */
const MUTANT_FACTOR = 5;
/** That a library looks for a network shows at once. */
const ONLINE_SECONDS = 15;
const MESSAGE_CHARS = 500;

/**
 * Has the libraries of Hugging Face look for a network, which the sandbox's environment tells them not to. Between its tries a
 * library sleeps, which tells nothing: seen over 16 references, each slept until its clock ran out.
 */
const GO_ONLINE = [
  'import os as _os, sys as _sys, time as _time',
  '_time.sleep = lambda _seconds: None',
  'for _name in ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE", "HF_DATASETS_OFFLINE"):',
  '    _os.environ.pop(_name, None)',
  '    for _module in ("huggingface_hub.constants", "datasets.config"):',
  '        if hasattr(_sys.modules.get(_module), _name):',
  '            setattr(_sys.modules[_module], _name, False)',
  '',
].join('\n');

/** What the runs of one task share. */
export interface Round {
  readonly deps: Pick<BatchDeps<Trial>, 'blobs' | 'known' | 'metrics'>;
  readonly plan: Pick<ValidationPlan, 'validationId' | 'limits' | 'round'>;
  readonly task: Task;
  readonly conditions: string;
  readonly sandbox: Sandbox;
  readonly signal: AbortSignal;
}

type Wanted = Pick<Trial, 'kind' | 'what'> & Pick<SandboxJob, 'program'> & Partial<SandboxJob>;

/** Everything that a validation runs of one task, the second run of its reference at the end. */
export function tryOut(round: Round, item: ValidateItem): Promise<Trial[]> {
  return keeping(round.deps.known, async () => {
    const trials: Trial[] = [];
    for await (const trial of tryTask(round, item)) trials.push(trial);
    for await (const trial of runAgain(round)) trials.push(trial);
    return trials;
  });
}

/** The activity that tries a batch of tasks. */
export function createValidateActivities(deps: BatchDeps<Trial>): Pick<BatchActivities, 'validateBatch'> {
  const plan = planReader(deps.blobs, validationPlanSchema);
  return {
    validateBatch: ({ planSha256, batch }) =>
      withHeartbeat(BATCH_PATIENCE, async (signal, note) =>
        validateBatch(deps, await plan(planSha256), batch, signal, note),
      ),
  };
}

/** One program after the other: how many run at the same time is how many batches do. */
function validateBatch(
  deps: BatchDeps<Trial>,
  plan: ValidationPlan,
  batch: number,
  signal: AbortSignal,
  note: (done: BatchBeat) => void,
): Promise<void> {
  const folder = validationFolder(deps.home, plan.validationId);
  return runBatch(deps, { plan, batch, folder, items: validateItemsSchema }, async (items, sandbox, entry) => {
    const rows: ValidationRow[] = [];
    let programs = 0;
    for (const item of items) {
      const round = await roundOf(deps, plan, entry, item, sandbox, signal);
      const trials: Trial[] = [];
      for await (const trial of item.isAgain ? runAgain(round) : tryTask(round, item)) {
        trials.push(trial);
        note({ programs: programs + trials.length });
      }
      programs += programsOf(item);
      rows.push({ batch, taskId: item.taskId, trials });
    }
    return rows;
  });
}

async function roundOf(
  deps: BatchDeps<Trial>,
  plan: ValidationPlan,
  { digest, interpreter }: Batch,
  { taskSha256 }: ValidateItem,
  sandbox: Sandbox,
  signal: AbortSignal,
): Promise<Round> {
  const { backend, limits } = plan;
  const conditions = conditionsOf({
    taskSha256,
    digest,
    interpreter,
    backend,
    limits,
    graderVersion: deps.graderVersion,
  });
  return { deps, plan, task: await deps.data.task(taskSha256), conditions, sandbox, signal };
}

async function* runAgain(round: Round): AsyncGenerator<Trial> {
  const again = await runReference(round, { kind: 'again', isAlone: true });
  yield again;
  const reversed = reversedTest(round.task.test);
  if (again.verdict === 'pass' && reversed !== null)
    yield await runReference(round, { kind: 'reversed', test: reversed });
}

/** Of a reference that fails no test can be judged: then it is only asked what it lacks. */
async function* tryTask(round: Round, { stubs, mutants }: ValidateItem): AsyncGenerator<Trial> {
  const reference = await runReference(round, { kind: 'reference' });
  yield reference;
  if (reference.verdict !== 'pass') {
    if (mayLackNetwork(reference)) yield await runOnline(round);
    return;
  }
  const limits = mutantLimits(round.plan.limits, await measureOf(round, reference));
  for (const stub of stubs) yield await run(round, { kind: 'stub', ...stub, limits });
  for (const mutant of mutants) yield await run(round, { kind: 'mutant', ...mutant, limits });
}

/** The run by which mutants get their limits, that of the first round if it passed: with other limits they would be run again. */
async function measureOf(round: Round, reference: Trial): Promise<Trial> {
  const { key } = jobFor(round, ofReference(round, { kind: 'reference' }), 0);
  const first = await round.deps.known.find(key);
  return first?.verdict === 'pass' ? first : reference;
}

function runReference(round: Round, how: Pick<Wanted, 'kind' | 'isAlone' | 'test'>): Promise<Trial> {
  return run(round, ofReference(round, how));
}

/** With the limits that it has where a sweep runs it beside a program: a slow task is not a broken one. */
function ofReference({ task, plan }: Round, how: Pick<Wanted, 'kind' | 'isAlone' | 'test'>): Wanted {
  return { ...how, what: '', program: task.reference, limits: referenceLimits(plan.limits) };
}

function mayLackNetwork({ verdict, network, exception }: Trial): boolean {
  const isPlain = exception?.type === 'SyntaxError' || exception?.type === 'ModuleNotFoundError';
  return verdict !== 'unscored' && !network && !isPlain;
}

function runOnline(round: Round): Promise<Trial> {
  const { task, plan } = round;
  const { prelude } = jobOf(task, { id: '', program: '', limits: plan.limits });
  const wallSeconds = Math.min(plan.limits.wallSeconds, ONLINE_SECONDS);
  return run(round, {
    kind: 'online',
    what: '',
    program: futureFirst(`${GO_ONLINE}${task.reference}`),
    prelude: futureFirst(`${GO_ONLINE}${prelude}`),
    limits: { ...plan.limits, wallSeconds },
  });
}

/** A reference may sleep: mutants that only ran out of its clock would count as noticed. */
function mutantLimits(limits: Limits, { cpuMs, wallMs }: Pick<Trial, 'cpuMs' | 'wallMs'>): Limits {
  const most = referenceLimits(limits);
  const cpuSeconds = Math.min(most.cpuSeconds, Math.max(1, Math.ceil((MUTANT_FACTOR * cpuMs) / 1_000)));
  const clock = Math.max(3 * cpuSeconds + 2, Math.ceil((MUTANT_FACTOR * wallMs) / 1_000));
  return { ...limits, cpuSeconds, wallSeconds: Math.min(most.wallSeconds, clock) };
}

/** What is to be run, and what it is known by in a round of the validation: references are asked anew in each. */
function jobFor({ plan, task, conditions }: Round, wanted: Wanted, round: number): { job: SandboxJob; key: string } {
  const { kind, what, ...changes } = wanted;
  const { limits } = plan;
  const id = `${plan.validationId}/${task.taskId}/${kind} ${what}`;
  // A reference beside a reference would say nothing.
  const job = { ...jobOf(task, { id, limits, program: '' }), reference: null, ...changes };
  return { job, key: sha256(canonicalJson([conditions, kind, what, round, { ...job, id: '' }])) };
}

/** What is known already is not run again. */
async function run(round: Round, wanted: Wanted): Promise<Trial> {
  const { deps, plan, task, conditions, sandbox, signal } = round;
  const { kind, what } = wanted;
  const isReference = kind === 'reference' || kind === 'again';
  const { job, key } = jobFor(round, wanted, isReference ? plan.round : 0);
  const known = await deps.known.find(key);
  const result = known === null ? 'miss' : 'hit';
  deps.metrics.count('aicodereval_verdict_cache_lookups_total', { cache: 'trials', result });
  if (known !== null) return known;
  const found = await runPatiently(sandbox, job, signal);
  const identity = { kind, what, taskId: task.taskId, conditions, at: Date.now() };
  if (found instanceof Failure) return { ...identity, ...NOT_RUN, message: found.message.slice(0, MESSAGE_CHARS) };
  const reportSha256 = isReference ? await deps.blobs.put(JSON.stringify({ check: 'tests', report: found })) : null;
  const trial = { ...identity, ...factsOf(found), reportSha256 };
  deps.known.add(key, trial);
  return trial;
}

const NOT_RUN = {
  verdict: 'unscored',
  endOfRun: null,
  exception: null,
  cases: [],
  asserts: 0,
  entered: false,
  network: false,
  gpu: null,
  wallMs: 0,
  cpuMs: 0,
  peakMemoryBytes: 0,
  reportSha256: null,
} as const;

function factsOf(report: TestReport): Omit<Trial, 'kind' | 'what' | 'taskId' | 'conditions' | 'at' | 'reportSha256'> {
  const { endOfRun, exception, cases, asserts, entered, network, tampered, wallMs, peakMemoryBytes } = report;
  const facts = { endOfRun, cases, asserts, entered, network, wallMs, peakMemoryBytes };
  return {
    ...facts,
    cpuMs: limitedCpuMs(report),
    verdict: judge(report),
    exception: shortened(exception),
    gpu: gpuSign(exception),
    message: tampered,
  };
}

function shortened(exception: TestReport['exception']): Trial['exception'] {
  if (exception === null) return null;
  const { type, message, line, phase } = exception;
  return { type, message: message.slice(0, MESSAGE_CHARS), line, phase };
}
