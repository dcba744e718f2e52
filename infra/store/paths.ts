import { join } from 'node:path';

/** The folder that holds every sweep of a home. */
export function sweepsFolder(home: string): string {
  return join(home, 'sweeps');
}

/** The folder of one sweep. */
export function sweepFolder(home: string, sweepId: string): string {
  return join(sweepsFolder(home), sweepId);
}
