import { z } from 'zod';

/** What of a sweep's journals needs no reading any more, as its segments hold it. */
export interface Compacted {
  readonly format: 1;
  /** Names of the files of cells that hold it. */
  readonly segments: readonly string[];
  /** Bytes of each journal, from its beginning. */
  readonly journals: Readonly<Record<string, number>>;
}

export const compactedSchema: z.ZodType<Compacted> = z.object({
  format: z.literal(1),
  segments: z.array(z.string()),
  journals: z.record(z.string(), z.int().nonnegative()),
});
