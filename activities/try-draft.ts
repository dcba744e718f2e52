import type { BuildPlan, Problem, Tried } from '../domain/build/build.js';
import type { DocRecord, Wanted, WantedRecord } from '../domain/build/record.js';
import { Failure } from '../domain/failures.js';
import type { Task } from '../domain/task.js';
import type { Trial } from '../domain/trial.js';
import { BY_LIMIT, concludeTask } from '../domain/validation.js';
import { Documentation } from '../infra/build/documentation.js';
import { reached, watched } from '../infra/build/watch.js';
import { findEnvironment } from '../infra/environments/environment.js';
import { makeVariants } from '../infra/mutants/variants.js';
import { wantedSchema } from '../infra/parse/build.js';
import { tryJson } from '../infra/parse/json.js';
import { collect as collectKnowledge } from '../infra/knowledge/build.js';
import { referenceLimits } from '../infra/sandbox/careful-sandbox.js';
import type { Sandbox } from '../infra/sandbox/sandbox.js';
import { openBuild } from '../infra/store/builds.js';
import { conditionsOf } from '../infra/store/validations.js';
import type { BatchDeps } from './batch.js';
import type { BuildData } from './build-data.js';
import type { BuildActivities, Collected, TryDraftInput } from './contract.js';
import { PROGRAM_PATIENCE, withHeartbeat } from './heartbeat.js';
import { jobOf, runPatiently } from './job.js';
import { tryOut } from './validate.js';

export interface TryDraftDeps extends BatchDeps<Trial> {
  readonly builds: BuildData;
}

/** The activities of a build that need a sandbox. */
export function createBuildActivities(deps: TryDraftDeps): BuildActivities {
  return {
    collect: (build) => withHeartbeat(PROGRAM_PATIENCE, (signal) => collect(deps, build, signal)),
    tryDraft: (input) => withHeartbeat(PROGRAM_PATIENCE, (signal) => tryDraft(deps, input, signal)),
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
  // The first of an id: what the user has written of an API goes before what its library says.
  const unique = new Map<string, DocRecord>();
  for (const record of all) if (!unique.has(record.id)) unique.set(record.id, record);
  const records = [...unique.values()].slice(0, plan.limit ?? undefined);
  const collected = { recordsSha256: await deps.blobs.put(JSON.stringify(records)), records: records.length };
  await store.keepCollected(collected);
  return collected;
}

async function documented(
  { home, blobs, keys, sandboxes }: TryDraftDeps,
  { environment: name, digest, backend }: BuildPlan,
  { records, libraries }: Wanted,
  signal: AbortSignal,
): Promise<DocRecord[]> {
  const isAllThere = libraries.length === 0 && records.every(({ documentation }) => documentation !== null);
  if (isAllThere) return records.flatMap((record) => documentedHere(record) ?? []);
  const sandbox = () => sandboxes.get({ environment: name, digest, backend });
  const { interpreter } = (await keys(backend))(name);
  const index = await collectKnowledge(await findEnvironment(name), { home, blobs, interpreter, sandbox }, signal);
  const docs = new Documentation({ index, blobs, environment: `${name} ${digest}` });
  const named = await Promise.all(records.map(async (record) => documentedHere(record) ?? docs.of(record)));
  return [...named, ...(await docs.ofLibraries(libraries))];
}

function documentedHere(record: WantedRecord): DocRecord | null {
  const { documentation } = record;
  return documentation === null ? null : { ...record, documentation };
}

/** What the sandbox finds of a draft. Throws as `Sandbox.run` does where there is no sandbox. */
export async function tryDraft(deps: TryDraftDeps, input: TryDraftInput, signal: AbortSignal): Promise<Tried> {
  const { builds, data, sandboxes, graderVersion } = deps;
  const { taskSha256, build, round } = input;
  const [plan, task] = await Promise.all([builds.plan(build), data.task(taskSha256)]);
  const { backend, limits } = plan;
  const key = (await deps.keys(backend))(task.environment);
  const sandbox = await sandboxes.get({ environment: task.environment, digest: key.digest, backend });
  const outside = await watch(task, plan, sandbox, signal);
  if (outside !== null && outside.kind !== 'unjudged') return { validation: null, problem: outside };
  const conditions = conditionsOf({ taskSha256, ...key, backend, limits, graderVersion });
  const [variants] = await makeVariants([task], plan.mutants);
  const { stubs = [], mutants = [], problem = null } = variants ?? {};
  const { taskId } = task;
  const id = `build/${build}/${round}`;
  const trials = await tryOut(
    { deps, plan: { validationId: id, limits, round: 0 }, task, conditions, sandbox, signal },
    { taskId, taskSha256, isAgain: false, stubs, mutants },
  );
  const references = trials.filter(({ kind }) => kind === 'reference' || kind === 'again');
  const { survivors: _, ...validation } = concludeTask({ taskId, conditions }, trials, references, problem);
  // A draft that is no task unwatched either is corrected for that; one that nobody has watched to its end is not kept.
  return { validation, problem: opened(references) ?? (validation.status === 'usable' ? outside : null) };
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

/**
 * One run that ends where the program's own code, or its test's, reaches for a network, another program or a file outside, with the
 * limits that a reference has. `unjudged` where it did not come to an end of its own, and so may have reached outside later.
 */
async function watch(
  task: Task,
  { name, limits }: BuildPlan,
  sandbox: Sandbox,
  signal: AbortSignal,
): Promise<Problem | null> {
  const job = jobOf(task, {
    id: `build/${name}/${task.taskId}/watched`,
    limits: referenceLimits(limits),
    program: await watched(task.reference),
  });
  const report = await runPatiently(sandbox, { ...job, test: await watched(task.test), reference: null }, signal);
  if (report instanceof Failure) return unwatched(report.message);
  const found = reached(report);
  if (found === null) return BY_LIMIT.has(report.endOfRun) ? unwatched(`end of run: ${report.endOfRun}`) : null;
  const kind = found.kind === 'network' ? 'needs-network' : 'unsafe';
  return { kind, evidence: `it reaches outside (${found.kind}): ${found.what}`, reportSha256: null };
}

function unwatched(why: string): Problem {
  return { kind: 'unjudged', evidence: `it could not be watched to its end: ${why}`.slice(0, 500), reportSha256: null };
}
