import type { RetrieveDeps } from '../activities/retrieve.js';
import type { Config } from '../infra/config.js';
import { Knowledge } from '../infra/knowledge/knowledge.js';
import type { Sandboxes } from './sandboxes.js';

/** Libraries are looked at without a GPU: what they hold is the same. */
export function lookUpDeps(
  given: Pick<RetrieveDeps, 'metrics' | 'blobs' | 'data'> & { config: Config; sandboxes: Sandboxes },
) {
  const { config, sandboxes, ...rest } = given;
  const { environments } = sandboxes;
  return { ...rest, home: config.home, sandboxes, environments, knowledge: new Knowledge(config.apiRecords) };
}
