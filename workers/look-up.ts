import { cached } from '../activities/cached.js';
import type { RetrieveDeps } from '../activities/retrieve.js';
import type { Backend } from '../domain/sweep.js';
import type { Config } from '../infra/config.js';
import { environmentKeys, type EnvironmentKeys } from '../infra/environments/environment-keys.js';
import { Knowledge } from '../infra/knowledge/knowledge.js';
import type { Sandboxes } from './sandboxes.js';

/** Libraries are looked at without a GPU: what they hold is the same. */
export function lookUpDeps(
  given: Pick<RetrieveDeps, 'metrics' | 'blobs' | 'data'> & { config: Config; sandboxes: Sandboxes },
) {
  const { config, sandboxes, ...rest } = given;
  const { environments } = sandboxes;
  // Looked up once, as sandboxes look once for what they run programs in.
  const found = new Map<Backend, Promise<EnvironmentKeys>>();
  const keys = (backend: Backend) => cached(found, backend, () => environmentKeys(backend, config.docker));
  return { ...rest, home: config.home, sandboxes, environments, keys, knowledge: new Knowledge(config.apiRecords) };
}
