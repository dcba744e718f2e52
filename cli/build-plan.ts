import { resolve } from 'node:path';
import type { BuildPlan } from '../domain/build/build.js';
import type { Wanted } from '../domain/build/record.js';
import { type Backend, type ModelSpec, providerOf } from '../domain/sweep.js';
import type { Limits } from '../domain/test-report.js';
import { knownTasks } from '../infra/build/known-tasks.js';
import { readRecordsFile } from '../infra/build/records-file.js';
import { findEnvironment } from '../infra/environments/environment.js';
import { UserError } from '../infra/errors.js';
import { priceOf, readPrices } from '../infra/models/prices.js';
import { checkModel } from '../infra/models/registry.js';
import { readReplayFile } from '../infra/parse/replay-file.js';
import { openBlobStore } from '../infra/store/blobs.js';
import { type BuildStore, openBuild } from '../infra/store/builds.js';
import { configDifferences } from '../infra/store/config-differences.js';
import { canonicalJson } from '../infra/store/digest.js';
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
  else if (canonicalJson(contentOf(standing)) !== canonicalJson(contentOf(plan))) {
    const differences = configDifferences(contentOf(standing), contentOf(plan)).slice(0, 10).join('\n  ');
    throw new UserError(`There is a build "${plan.name}" with another content:\n  ${differences}`, {
      hint: 'Give this one another --name, or undo the change to go on with that one.',
      exitCode: 2,
    });
  }
  return { plan, store };
}

/** What decides what is built: a price that has changed since is none of it. */
function contentOf(plan: BuildPlan): Omit<BuildPlan, 'price'> {
  const { price: _, ...content } = plan;
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
  const against = await knownTasks(
    options.against.map((file) => resolve(file)),
    { home, env, onProgress },
  );
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
