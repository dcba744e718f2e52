import { parse, TomlError } from 'smol-toml';
import { z } from 'zod';
import { UserError } from '../errors.js';
import type { ImportSet } from '../sandbox/import-set.js';
import type { Variables } from '../sandbox/program-env.js';

/** An environment as its file describes it. `requirements` is what its lock was made from. */
export interface EnvironmentFile {
  readonly description: string;
  readonly python: string;
  readonly disk: string | null;
  readonly requirements: readonly string[];
  readonly variables: Variables;
  readonly importSets: readonly ImportSet[];
}

const importSetSchema: z.ZodType<ImportSet> = z.strictObject({
  name: z.string(),
  when: z.array(z.string()),
  modules: z.array(z.string()),
});

const fileSchema = z.strictObject({
  description: z.string(),
  python: z.string(),
  disk: z.string().nullable().default(null),
  requirements: z.array(z.string()).default([]),
  variables: z.record(z.string(), z.string()).default({}),
  'import-sets': z.array(importSetSchema).default([]),
});

/** The door for an environment's file. Throws UserError (exit 2) with file and field. */
export function parseEnvironmentFile(text: string, file: string): EnvironmentFile {
  try {
    const { 'import-sets': importSets, ...facts } = fileSchema.parse(parse(text));
    return { ...facts, importSets };
  } catch (cause) {
    if (!(cause instanceof TomlError || cause instanceof z.ZodError)) throw cause;
    const [issue] = cause instanceof z.ZodError ? cause.issues : [];
    const where = issue === undefined ? cause.message : `field ${issue.path.join('.')}: ${issue.message}`;
    throw new UserError(`The environment ${file} cannot be read: ${where}`, {
      hint: 'Compare it with the ones beside it.',
      exitCode: 2,
      cause,
    });
  }
}
