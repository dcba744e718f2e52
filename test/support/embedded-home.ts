import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UserError } from '../../infra/errors.js';
import { prepareEmbedded } from '../../infra/models/embedded.js';
import type { EmbeddedName } from '../../infra/models/weights-pins.js';

/** A home that test runs share, so that weights are fetched once for this machine. */
export function sharedHome(): string {
  return process.env['AICODEREVAL_TEST_HOME'] ?? join(tmpdir(), 'aicodereval-test-home');
}

/** Null if the embedded model can be run here; else why not, for a test that says so and is skipped. */
export async function whyNoEmbedded(name: EmbeddedName): Promise<string | null> {
  try {
    await prepareEmbedded(name, { home: sharedHome() });
    return null;
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
}
