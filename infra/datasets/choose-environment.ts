import { lacking, packagesOfLock, type Requirement } from '../../domain/requirements.js';
import { listEnvironments } from '../environments/environment.js';

/** An environment's packages, normalised name -> version. */
export interface Packages {
  readonly name: string;
  readonly packages: ReadonlyMap<string, string>;
}

/** The packages of every environment, the smallest first. */
export async function listPackages(): Promise<Packages[]> {
  const all = (await listEnvironments()).map(({ name, lock }) => ({ name, packages: packagesOfLock(lock ?? '') }));
  return all.sort((a, b) => a.packages.size - b.packages.size);
}

/** The smallest environment that has everything; where none has, what the one that lacks least lacks, in words. */
export function chooseEnvironment(
  wanted: readonly Requirement[],
  environments: readonly Packages[],
): { readonly name: string; readonly lacks: readonly string[] } {
  const candidates = environments.map(({ name, packages }) => ({ name, lacks: lacking(wanted, packages) }));
  return candidates.reduce((best, each) => (each.lacks.length < best.lacks.length ? each : best));
}
