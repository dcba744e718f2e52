import type { BuildPlan, Problem, Tried } from '../domain/build/build.js';
import type { DocRecord, Wanted, WantedRecord } from '../domain/build/record.js';
import { Failure } from '../domain/failures.js';
import type { Task } from '../domain/task.js';
import type { Trial } from '../domain/trial.js';
import { concludeTask } from '../domain/validation.js';
import { describeJob, readDescription } from '../infra/build/describe.js';
import { reached, watched } from '../infra/build/watch.js';
import { findEnvironment } from '../infra/environments/environment.js';
import { makeVariants } from '../infra/mutants/variants.js';
import { wantedSchema } from '../infra/parse/build.js';
import { tryJson } from '../infra/parse/json.js';
import type { Sandbox } from '../infra/sandbox/sandbox.js';
import { openBuild } from '../infra/store/builds.js';
import { sha256 } from '../infra/store/digest.js';
import { conditionsOf } from '../infra/store/validations.js';
import type { BatchDeps } from './batch.js';
import type { BuildData } from './build-data.js';
import type { BuildActivities, Collected, TryDraftInput } from './contract.js';
import { withHeartbeat } from './heartbeat.js';
import { jobOf, runPatiently } from './job.js';
import { tryOut } from './validate.js';

export interface TryDraftDeps extends BatchDeps<Trial> {
  readonly builds: BuildData;
}

/** The activities of a build that need a sandbox. */
export function createBuildActivities(deps: TryDraftDeps): BuildActivities {
  return {
    collect: (build) => withHeartbeat((signal) => collect(deps, build, signal)),
    tryDraft: (input) => withHeartbeat((signal) => tryDraft(deps, input, signal)),
  };
}

/** Read once: what a build asks for stays the same, however often it is gone on with. */
async function collect(deps: TryDraftDeps, build: string, signal: AbortSignal): Promise<Collected> {
  const store = openBuild(deps.home, build);
  const before = await store.collected();
  if (before !== null) return before;
  const plan = await deps.builds.plan(build);
  const wanted = wantedSchema.parse(tryJson(await deps.blobs.get(plan.wantedSha256)));
  const all = await documented(deps, plan, wanted, signal);
  const unique = [...new Map(all.map((record) => [record.id, record])).values()].slice(0, plan.limit ?? undefined);
  const collected = { recordsSha256: await deps.blobs.put(JSON.stringify(unique)), records: unique.length };
  await store.keepCollected(collected);
  return collected;
}

async function documented(
  { sandboxes }: TryDraftDeps,
  plan: BuildPlan,
  { records, libraries }: Wanted,
  signal: AbortSignal,
): Promise<DocRecord[]> {
  const lacking = records.filter(({ documentation }) => documentation === null);
  if (lacking.length === 0 && libraries.length === 0) return records.flatMap((record) => complete(record) ?? []);
  const found = await readLibraries(await open(plan, sandboxes), lacking, libraries, plan, signal);
  const byId = new Map(found.named.map((record) => [record.id, record]));
  return [...records.flatMap((record) => complete(record) ?? byId.get(record.id) ?? []), ...found.others];
}

function open({ environment, digest, backend }: BuildPlan, sandboxes: TryDraftDeps['sandboxes']): Promise<Sandbox> {
  return sandboxes.get({ environment, digest, backend });
}

function complete(record: WantedRecord): DocRecord | null {
  const { documentation } = record;
  return documentation === null ? null : { ...record, documentation };
}

/** What the environment's libraries say of named members, and of all that whole libraries offer. */
async function readLibraries(
  sandbox: Sandbox,
  wanted: readonly WantedRecord[],
  libraries: readonly string[],
  { environment, digest }: BuildPlan,
  signal: AbortSignal,
): Promise<{ named: DocRecord[]; others: DocRecord[] }> {
  const job = await describeJob(
    wanted.map(({ name }) => name),
    libraries,
  );
  const report = await runPatiently(sandbox, job, signal);
  if (report instanceof Failure) throw report;
  const { entries, lacking } = readDescription(report);
  if (lacking.length > 0)
    throw new Failure('TaskNotFound', `The environment ${environment} has no ${lacking.join(', ')}`);
  const source = `${environment} ${digest}`;
  const missing = wanted.filter((_, at) => entries[at] === null).map(({ name }) => name);
  if (missing.length > 0)
    throw new Failure('TaskNotFound', `Nothing in the environment ${environment} is called ${missing.join(', ')}`);
  const named = wanted.flatMap((record, at) => {
    const entry = entries[at];
    return entry === null || entry === undefined
      ? []
      : [{ ...record, ...entry, source: `${record.source}; ${source}` }];
  });
  const others = entries
    .slice(wanted.length)
    .flatMap((entry) => (entry === null ? [] : [{ id: entry.name, domain: null, ...entry, source }]));
  // By a hash: the first of them are a fair sample of the libraries, and the same each time.
  return { named, others: others.toSorted((a, b) => (sha256(a.id) < sha256(b.id) ? -1 : 1)) };
}

async function tryDraft(deps: TryDraftDeps, input: TryDraftInput, signal: AbortSignal): Promise<Tried> {
  const { builds, data, sandboxes, graderVersion } = deps;
  const { taskSha256, build, round } = input;
  const [plan, task] = await Promise.all([builds.plan(build), data.task(taskSha256)]);
  const { backend, limits } = plan;
  const { digest } = await findEnvironment(task.environment);
  const sandbox = await sandboxes.get({ environment: task.environment, digest, backend });
  const outside = await watch(task, plan, sandbox, signal);
  if (outside !== null) return { validation: null, problem: outside };
  const conditions = conditionsOf({ taskSha256, digest, backend, limits, graderVersion });
  const [variants] = await makeVariants([task], plan.mutants);
  const { stubs = [], mutants = [] } = variants ?? {};
  const { taskId } = task;
  const id = `build/${build}/${round}`;
  const trials = await tryOut(
    { deps, plan: { validationId: id, limits, round: 0 }, task, conditions, sandbox, signal },
    { taskId, taskSha256, isAgain: false, stubs, mutants },
  );
  const references = trials.filter(({ kind }) => kind === 'reference' || kind === 'again');
  const { survivors: _, ...validation } = concludeTask({ taskId, conditions }, trials, references);
  return { validation, problem: opened(references) };
}

/** A task that asks for a network is none, also where it passes without an answer. */
function opened(references: readonly Trial[]): Problem | null {
  const asked = references.find(({ network }) => network);
  if (asked === undefined) return null;
  return {
    kind: 'needs-network',
    evidence: 'the reference or its test opens a network socket',
    reportSha256: asked.reportSha256,
  };
}

/** One run that ends where the program's own code, or its test's, reaches for a network, another program or a file outside. */
async function watch(
  task: Task,
  { name, limits }: BuildPlan,
  sandbox: Sandbox,
  signal: AbortSignal,
): Promise<Problem | null> {
  const job = jobOf(task, {
    id: `build/${name}/${task.taskId}/watched`,
    limits,
    program: await watched(task.reference),
  });
  const report = await runPatiently(sandbox, { ...job, test: await watched(task.test), reference: null }, signal);
  if (report instanceof Failure) return null;
  const found = reached(report);
  if (found === null) return null;
  const kind = found.kind === 'network' ? 'needs-network' : 'unsafe';
  return { kind, evidence: `it reaches outside (${found.kind}): ${found.what}`, reportSha256: null };
}
