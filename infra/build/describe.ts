import { readFile } from 'node:fs/promises';
import type { z } from 'zod';
import { Failure } from '../../domain/failures.js';
import type { Limits, TestReport } from '../../domain/test-report.js';
import { packagePath } from '../package-path.js';
import { describedSchema } from '../parse/build.js';
import { tryJson } from '../parse/json.js';
import type { SandboxJob } from '../sandbox/sandbox.js';

/** What is known of libraries that are installed. */
type Described = z.infer<typeof describedSchema>;

/** Entries of a library at most, characters of one, modules that are looked into, characters below which one says too little. */
const BOUNDS = { most: 2_000, chars: 4_000, modules: 60, least: 200 };
const LIMITS: Limits = {
  cpuSeconds: 240,
  wallSeconds: 300,
  memoryBytes: 4 * 2 ** 30,
  processes: 64,
  outputBytes: 16 * 2 ** 20,
  tmpBytes: 64 * 2 ** 20,
};

/** The program that reads documentation where it is: libraries are imported in the sandbox alone. */
export async function describeJob(names: readonly string[], libraries: readonly string[]): Promise<SandboxJob> {
  const wanted = JSON.stringify({ names, libraries, ...BOUNDS });
  const source = await readFile(packagePath('infra/build/describe.py'), 'utf8');
  return {
    id: 'documentation',
    program: `WANTED = ${JSON.stringify(wanted)}\n${source}`,
    test: 'assert describe() is None\n',
    entryPoint: 'describe',
    entryKind: 'function',
    grading: 'in-process',
    prelude: '',
    cases: null,
    limits: LIMITS,
    reference: null,
  };
}

/** What that program told. Throws `Failure` (`EnvironmentBroken`) where it did not come to its end. */
export function readDescription({ stdout, exception, endOfRun }: TestReport): Described {
  const answer = /<<<described>>>\n([^\n]*)\n<<<end>>>/.exec(stdout.text)?.[1];
  const parsed = describedSchema.safeParse(tryJson(answer ?? ''));
  if (parsed.success) return parsed.data;
  const why = exception === null ? endOfRun : `${exception.type}: ${exception.message}`;
  throw new Failure('EnvironmentBroken', `The libraries' documentation can't be read: ${why}`);
}
