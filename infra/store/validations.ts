import { join } from 'node:path';
import type { Batch } from '../../domain/batches.js';
import type { Backend } from '../../domain/sweep.js';
import type { Limits } from '../../domain/test-report.js';
import type { TaskValidation } from '../../domain/validation.js';
import { UserError } from '../errors.js';
import { atomicWrite, readIfExists } from '../fs.js';
import { tryJson } from '../parse/json.js';
import { validationLockSchema } from '../parse/validation.js';
import { canonicalJson, sha256 } from './digest.js';
import { guarded } from './store-fault.js';

/** What a run's outcome may depend on, beside the program. */
interface Conditions {
  /** The task's JSON, hashed. */
  readonly taskSha256: string;
  readonly digest: Batch['digest'];
  readonly interpreter: Batch['interpreter'];
  readonly backend: Backend;
  readonly limits: Limits;
  readonly graderVersion: string;
}

/** Raised when what a validation does or concludes changes: older ones are not found any more. */
const RULES = 2;

/** Hash of these conditions: what was found under one of them is known under the same ones alone. */
export function conditionsOf(conditions: Conditions): string {
  const { taskSha256, digest, interpreter, backend, limits, graderVersion } = conditions;
  const { cpuSeconds, wallSeconds, memoryBytes, processes, outputBytes, tmpBytes } = limits;
  const facts = { cpuSeconds, wallSeconds, memoryBytes, processes, outputBytes, tmpBytes };
  return sha256(canonicalJson([RULES, taskSha256, digest, interpreter, backend, facts, graderVersion])).slice(0, 32);
}

/** Everything that validations keep in a home. */
export function validationsFolder(home: string): string {
  return join(home, 'validations');
}

/** Where one validation leaves its batches. */
export function validationFolder(home: string, validationId: string): string {
  return join(validationsFolder(home), 'batches', validationId);
}

/** Every run of every validation, only ever added to: with the runs of references it is the ledger of flakiness. */
export function trialsFolder(home: string): string {
  return join(validationsFolder(home), 'ledger');
}

function lockPath(home: string, suite: string): string {
  return join(validationsFolder(home), `${suite}.json`);
}

/** What is known of a suite's tasks, by their conditions; nothing of one that was never validated. */
export async function readValidations(home: string, suite: string): Promise<Map<string, TaskValidation>> {
  const path = lockPath(home, suite);
  const text = await guarded('read', path, () => readIfExists(path));
  if (text === null) return new Map();
  const parsed = validationLockSchema.safeParse(tryJson(text));
  if (!parsed.success) {
    throw new UserError(`${path} is damaged.`, {
      hint: `Remove it; "aicodereval validate --suite ${suite}" writes it anew from what was run.`,
      exitCode: 3,
      cause: parsed.error,
    });
  }
  return new Map(parsed.data.tasks.map((task) => [task.conditions, task]));
}

/** Puts what was found beside what is known under other conditions of the same grader. */
export async function writeValidations(
  home: string,
  { suite, graderVersion, tasks }: { suite: string; graderVersion: string; tasks: readonly TaskValidation[] },
): Promise<void> {
  const path = lockPath(home, suite);
  const text = await guarded('read', path, () => readIfExists(path));
  const before = validationLockSchema.safeParse(tryJson(text ?? '')).data;
  const kept = before?.graderVersion === graderVersion ? before.tasks : [];
  const known = new Map([...kept, ...tasks].map((task) => [task.conditions, task]));
  known.delete('');
  const lock = { format: 1, suite, graderVersion, writtenAt: Date.now(), tasks: [...known.values()] };
  await guarded('write', path, () => atomicWrite(path, `${JSON.stringify(lock, null, 2)}\n`));
}
