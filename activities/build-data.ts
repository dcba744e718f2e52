import type { BuildPlan } from '../domain/build/build.js';
import type { DocRecord } from '../domain/build/record.js';
import { Failure } from '../domain/failures.js';
import { docRecordsSchema } from '../infra/parse/build.js';
import { tryJson } from '../infra/parse/json.js';
import type { BlobStore } from '../infra/store/blobs.js';
import { openBuild } from '../infra/store/builds.js';
import { cached } from './cached.js';
import type { BuildItemInput } from './contract.js';

/** What never changes once a build is begun; read once by each worker. */
export interface BuildData {
  plan(build: string): Promise<BuildPlan>;
  record(input: BuildItemInput): Promise<DocRecord>;
}

/** Throws `Failure` of type `TaskNotFound` or `StoreUnavailable`. */
export function createBuildData(home: string, blobs: BlobStore): BuildData {
  const plans = new Map<string, Promise<BuildPlan>>();
  const lists = new Map<string, Promise<DocRecord[]>>();
  return {
    plan: (build) => cached(plans, build, () => readPlan(home, build)),
    async record({ recordsSha256, item, build }) {
      const records = await cached(lists, recordsSha256, async () =>
        docRecordsSchema.parse(tryJson(await blobs.get(recordsSha256))),
      );
      const record = records[item];
      if (record === undefined) throw new Failure('TaskNotFound', `The build ${build} has no record ${item}`);
      return record;
    },
  };
}

async function readPlan(home: string, build: string): Promise<BuildPlan> {
  const plan = await openBuild(home, build).plan();
  if (plan === null) throw new Failure('TaskNotFound', `There is no plan of a build "${build}" in ${home}`);
  return plan;
}
