import { UserError } from '../errors.js';

/** How an Arrow IPC file begins and ends. */
export const MAGIC = 'ARROW1';

/** Raised with every change of a column; readers refuse a newer one. */
export const SCHEMA_VERSION = 5;

/** Key of the schema's metadata that holds `SCHEMA_VERSION`. */
export const VERSION_KEY = 'aicodereval.schema_version';

/** Key of the metadata that tells which two files were written together; older ones have none. */
export const STAMP_KEY = 'aicodereval.segment';

/** Throws a `UserError` if a newer version wrote a file with this metadata. */
export function demandKnownVersion(metadata: ReadonlyMap<string, string>): void {
  const version = Number(metadata.get(VERSION_KEY));
  // Files of others have none.
  if (!(version > SCHEMA_VERSION)) return;
  throw new UserError(`The results were written by a newer version of aicodereval (schema ${version}).`, {
    hint: `Update aicodereval; this version reads schema ${SCHEMA_VERSION}.`,
    exitCode: 3,
  });
}
