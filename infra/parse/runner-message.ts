import { z } from 'zod';
import type { TestReport } from '../../domain/test-report.js';
import { tryJson } from './json.js';
import { testReportSchema } from './report.js';

/**
 * What the sandbox's fork server says: that it is ready, or what came of a job. `broken` is a wall that could not be
 * made, so that nothing was run; `lost` is a program whose walls fell while it ran, so that nothing is known of it.
 */
export type RunnerMessage =
  | { readonly kind: 'ready'; readonly python: string }
  | { readonly kind: 'report'; readonly id: string; readonly report: TestReport; readonly isWorn: boolean }
  | { readonly kind: 'cancelled'; readonly id: string }
  | { readonly kind: 'broken' | 'lost'; readonly id: string; readonly message: string };

const messageSchema: z.ZodType<RunnerMessage> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready'), python: z.string() }),
  z.object({ kind: z.literal('report'), id: z.string(), report: testReportSchema, isWorn: z.boolean() }),
  z.object({ kind: z.literal('cancelled'), id: z.string() }),
  z.object({ kind: z.enum(['broken', 'lost']), id: z.string(), message: z.string() }),
]);

/** The door for frames of the fork server; null for anything that is no message of it. */
export function parseRunnerMessage(text: string): RunnerMessage | null {
  const parsed = messageSchema.safeParse(tryJson(text));
  return parsed.success ? parsed.data : null;
}

/** What the interpreter that a sandbox is to use says of itself. */
export interface PythonFacts {
  /** Real path of the executable. */
  readonly executable: string;
  /** Folder of the virtual environment that it belongs to; null if none. */
  readonly environment: string | null;
  /** Folders that the interpreter and its libraries live in, without those of a virtual environment. */
  readonly prefixes: readonly string[];
  readonly version: readonly [number, number];
}

const factsSchema: z.ZodType<PythonFacts> = z.object({
  executable: z.string().startsWith('/'),
  environment: z.string().startsWith('/').nullable(),
  prefixes: z.array(z.string().startsWith('/')),
  version: z.tuple([z.int(), z.int()]),
});

/** The door for the answer of a probed interpreter; null if it is no answer. */
export function parsePythonFacts(text: string): PythonFacts | null {
  const parsed = factsSchema.safeParse(tryJson(text));
  return parsed.success ? parsed.data : null;
}
