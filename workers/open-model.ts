import { createBuildData } from '../activities/build-data.js';
import { createDraftActivities } from '../activities/draft.js';
import { createModelActivities } from '../activities/generate.js';
import { createSweepData } from '../activities/sweep-data.js';
import { modelQueue } from '../domain/queues.js';
import { openModels, PROVIDERS } from '../infra/models/registry.js';
import { ownerEntry } from '../infra/processes.js';
import { openBlobStore } from '../infra/store/blobs.js';
import { common, workerName } from './role-options.js';
import type { RoleContext, RoleParts } from './roles.js';

/** Asks models. */
export async function openModel({ config, log, metrics }: RoleContext): Promise<RoleParts> {
  const identity = workerName('model');
  const { home, env, weightsFile } = config;
  const blobs = openBlobStore(home);
  const ownerEnv = await ownerEntry(home);
  const models = openModels({ home, env, ownerEnv, log, metrics, ...(weightsFile === null ? {} : { weightsFile }) });
  const activities = {
    ...createModelActivities({ home, worker: identity, blobs, data: createSweepData(home, blobs), models, metrics }),
    ...createDraftActivities({ home, blobs, models, metrics, env, builds: createBuildData(home, blobs) }),
  };
  const workers = PROVIDERS.map((provider) => ({
    ...common(`${identity}-${provider}`, metrics),
    taskQueue: modelQueue(provider),
    activities: { ...activities },
    maxConcurrentActivityTaskExecutions: 200,
  }));
  return { workers, close: () => models.close() };
}
