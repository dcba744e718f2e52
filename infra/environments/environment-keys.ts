import { Failure } from '../../domain/failures.js';
import type { Backend } from '../../domain/sweep.js';
import type { DockerConfig } from '../config.js';
import { imageId } from '../sandbox/docker.js';
import { probePython } from '../sandbox/python.js';
import { listEnvironments } from './environment.js';

/** What outcomes of programs depend on in their environment: what is known of one is known of the same key alone. */
export interface EnvironmentKey {
  readonly digest: string;
  /**
   * What the digest of an environment without a lock leaves open, since it stands in plans that may go on after an upgrade: the
   * version of this machine's Python, or the image's id. Empty where a lock says it, or where nothing can be run here.
   */
  readonly interpreter: string;
}

/** The keys of environments by their names. */
export type EnvironmentKeys = (name: string) => EnvironmentKey;

/** Looks at this machine's interpreter, or at the image of programs without packages. */
export async function environmentKeys(
  backend: Backend,
  { image }: Pick<DockerConfig, 'image'>,
): Promise<EnvironmentKeys> {
  const interpreter = await interpreterHere(backend, image);
  const all = await listEnvironments();
  const keys = new Map(
    all.map(({ name, digest, lock }) => [name, { digest, interpreter: lock === null ? interpreter : '' }]),
  );
  return (name) => keys.get(name) ?? { digest: '', interpreter: '' };
}

async function interpreterHere(backend: Backend, image: string): Promise<string> {
  try {
    return backend === 'docker' ? await imageId(image) : `Python ${(await probePython('python3')).version.join('.')}`;
  } catch (error) {
    // Programs may run on other machines than the one where they are planned.
    if (error instanceof Failure && error.type === 'SandboxUnavailable') return '';
    throw error;
  }
}
