import { join } from 'node:path';

/** The folder that holds every sweep of a home. */
export function sweepsFolder(home: string): string {
  return join(home, 'sweeps');
}

/** What is known of programs that were made elsewhere: see `KeyedLog`. */
export function verdictsFolder(home: string): string {
  return join(home, 'verdicts');
}

/** The folder of one sweep. */
export function sweepFolder(home: string, sweepId: string): string {
  return join(sweepsFolder(home), sweepId);
}
