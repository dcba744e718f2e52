import { resolve } from 'node:path';
import type { BuildPlan } from '../domain/build/build.js';
import type { Wanted } from '../domain/build/record.js';
import { type Backend, type ModelSpec, providerOf } from '../domain/sweep.js';
import type { Limits } from '../domain/test-report.js';
import { knownTasks, ofUser } from '../infra/build/known-tasks.js';
import { readRecordsFile } from '../infra/build/records-file.js';
import { findEnvironment } from '../infra/environments/environment.js';
import { UserError } from '../infra/errors.js';
import { priceOf, readPrices } from '../infra/models/prices.js';
import { checkModel } from '../infra/models/registry.js';
import { knownTasksSchema, wantedSchema } from '../infra/parse/build.js';
import { tryJson } from '../infra/parse/json.js';
import { readReplayFile } from '../infra/parse/replay-file.js';
import { type BlobStore, openBlobStore } from '../infra/store/blobs.js';
import { type BuildStore, openBuild } from '../infra/store/builds.js';
import { configDifferences } from '../infra/store/config-differences.js';
import { canonicalJson, sha256 } from '../infra/store/digest.js';
import { sha256File } from '../infra/tools/files.js';
import type { CommandContext } from './context.js';

export interface BuildOptions {
  readonly name: string;
  readonly records: string | null;
  readonly libraries: readonly string[];
  readonly environment: string;
  readonly model: ModelSpec;
  readonly tasks: number;
  readonly limit: number | null;
  readonly rounds: number;
  readonly mutants: number;
  readonly against: readonly string[];
  readonly backend: Backend;
  readonly limits: Limits;
  /** The finished file; null for one in the home. */
  readonly out: string | null;
}

/** The plan of a build, written now unless it stands. Another content under the same name is refused (exit 2). */
export async function planBuild(
  options: BuildOptions,
  context: CommandContext,
): Promise<{ plan: BuildPlan; store: BuildStore }> {
  const plan = await writtenPlan(options, context);
  const store = openBuild(context.config.home, plan.name);
  const standing = await store.plan();
  if (standing === null) await store.writePlan(plan);
  const differences =
    standing === null ? [] : await planDifferences(standing, plan, openBlobStore(context.config.home));
  if (differences.length > 0) {
    const told = differences.slice(0, 10).join('\n  ');
    throw new UserError(`There is a build "${plan.name}" with another content:\n  ${told}`, {
      hint: 'Give this one another --name, or undo the change to go on with that one.',
      exitCode: 2,
    });
  }
  return { plan: standing ?? plan, store };
}

/**
 * Where a plan differs from the one that stands, a line each. Of the tasks that new ones are compared with only the user's files
 * count: a build goes on with what shipped when it was begun. Throws `Failure` (`StoreUnavailable`).
 */
export async function planDifferences(standing: BuildPlan, plan: BuildPlan, blobs: BlobStore): Promise<string[]> {
  const { wantedSha256, againstSha256 } = standing;
  const inputsOf = async (of: BuildPlan) => {
    const { libraries, records } = wantedSchema.parse(tryJson(await blobs.get(of.wantedSha256)));
    const files = standing.againstFiles === undefined ? [] : (of.againstFiles ?? []);
    return {
      '--library': libraries,
      '--records': inWords(records),
      '--against': files.map((file) => file.slice(0, 8)),
    };
  };
  return [
    ...configDifferences(await inputsOf(standing), await inputsOf(plan)),
    ...(standing.againstFiles === undefined ? await lostTasks(standing, plan, blobs) : []),
    ...configDifferences(contentOf(standing), { ...contentOf(plan), wantedSha256, againstSha256 }),
  ];
}

function inWords(list: readonly object[]): string {
  return `${list.length} of SHA-256 ${sha256(canonicalJson(list)).slice(0, 8)}`;
}

/** A plan that names no files is of an earlier version, which read fewer tasks from the same ones. */
async function lostTasks(standing: BuildPlan, plan: BuildPlan, blobs: BlobStore): Promise<string[]> {
  const tasksOf = async ({ againstSha256 }: BuildPlan): Promise<string[]> =>
    ofUser(knownTasksSchema.parse(tryJson(await blobs.get(againstSha256)))).map(canonicalJson);
  const [before, now] = [await tasksOf(standing), new Set(await tasksOf(plan))];
  const lost = before.filter((task) => !now.has(task)).length;
  return lost === 0 ? [] : [`--against: ${lost} of ${before.length} tasks are not in its files`];
}

/** What decides what is built, as far as it stands in the plan itself: a price that has changed since is none of it. */
function contentOf(plan: BuildPlan): Omit<BuildPlan, 'price' | 'againstFiles'> {
  const { price: _, againstFiles: __, ...content } = plan;
  return content;
}

async function writtenPlan(options: BuildOptions, { config, onProgress }: CommandContext): Promise<BuildPlan> {
  const { home, env } = config;
  const { name, model, environment, backend, limits, rounds, tasks, limit, mutants } = options;
  const problem = checkModel(model, env);
  if (problem !== null) throw problem;
  // A broken line is told now, not by each record that misses its answer.
  if (providerOf(model.id) === 'replay') await readReplayFile(model.id.slice('replay:'.length));
  const { digest } = await findEnvironment(environment);
  const blobs = openBlobStore(home);
  const files = options.against.map((file) => resolve(file));
  const against = await knownTasks(files, { home, env, onProgress });
  return {
    format: 1,
    name,
    environment,
    digest,
    backend,
    limits,
    model,
    price: priceOf(model, await readPrices(home)),
    rounds,
    tasks,
    limit,
    mutants,
    wantedSha256: await blobs.put(JSON.stringify(await wantedOf(options))),
    againstSha256: await blobs.put(JSON.stringify(against)),
    againstFiles: await Promise.all(files.map((file) => sha256File(file))),
  };
}

async function wantedOf({ records, libraries }: BuildOptions): Promise<Wanted> {
  if (records === null && libraries.length === 0) {
    throw new UserError('There is nothing to draft tasks from.', {
      hint: 'Name libraries of the environment with --library, or a file of records with --records.',
      exitCode: 2,
    });
  }
  return { records: records === null ? [] : await readRecordsFile(resolve(records)), libraries };
}
