import { createBuildData } from '../activities/build-data.js';
import { createSandboxActivities } from '../activities/execute.js';
import { createGradeActivities } from '../activities/grade.js';
import { createSweepData } from '../activities/sweep-data.js';
import { createBuildActivities } from '../activities/try-draft.js';
import { createValidateActivities } from '../activities/validate.js';
import { sandboxQueue } from '../domain/queues.js';
import { knownVerdictSchema } from '../infra/parse/grade.js';
import { knownTrialSchema } from '../infra/parse/validation.js';
import { graderVersion } from '../infra/sandbox/grader-version.js';
import { openBlobStore } from '../infra/store/blobs.js';
import { KeyedLog } from '../infra/store/keyed-log.js';
import { verdictsFolder } from '../infra/store/paths.js';
import { trialsFolder } from '../infra/store/validations.js';
import { lookUpDeps } from './look-up.js';
import { common, workerName } from './role-options.js';
import type { RoleContext, RoleParts } from './roles.js';
import { Sandboxes } from './sandboxes.js';

/** Runs programs. */
export async function openSandbox({ config, metrics, slots }: RoleContext): Promise<RoleParts> {
  const identity = workerName('sandbox');
  const { home } = config;
  const blobs = openBlobStore(home);
  const sandboxes = await Sandboxes.open(config, slots, { metrics });
  const data = createSweepData(home, blobs);
  const look = lookUpDeps({ config, metrics, blobs, data, sandboxes });
  const { keys } = look;
  const batches = { home, blobs, data, sandboxes, metrics, keys, graderVersion: await graderVersion() };
  const verdicts = new KeyedLog(verdictsFolder(home), identity, knownVerdictSchema);
  const trials = new KeyedLog(trialsFolder(home), identity, knownTrialSchema);
  const activities = {
    ...createSandboxActivities({ worker: identity, blobs, data, look }, sandboxes),
    ...createGradeActivities({ ...batches, known: verdicts, running: new Map() }),
    ...createValidateActivities({ ...batches, known: trials }),
    ...createBuildActivities({ ...batches, known: trials, builds: createBuildData(home, blobs) }),
  };
  const workers = sandboxes.environments.map(({ name }) => ({
    ...common(`${identity}-${name}`, metrics),
    taskQueue: sandboxQueue(name),
    activities: { ...activities },
    maxConcurrentActivityTaskExecutions: slots,
  }));
  const close = async (): Promise<void> => {
    await sandboxes.close();
    await Promise.all([verdicts.close(), trials.close(), look.knowledge.close()]);
  };
  return { workers, close };
}
