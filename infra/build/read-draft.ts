import type { ProblemKind } from '../../domain/build/build.js';
import type { DocRecord } from '../../domain/build/record.js';
import { identifiers, type Statement, topLevelStatements } from '../../domain/python-source.js';
import { tokens } from '../../domain/python-tokens.js';
import type { Task } from '../../domain/task.js';
import { loadRecords } from '../datasets/aicodereval.js';
import { listPackages, type Packages } from '../datasets/choose-environment.js';
import type { Unusable } from '../datasets/dataset.js';
import type { CommandEnv } from '../tools/run-command.js';

/** Why a drafted program is no task. */
export interface DraftFlaw {
  readonly kind: ProblemKind;
  readonly evidence: string;
}

/**
 * The task that a drafted program makes, by the reader of the suite `aicodereval`, which will read the finished file as well; or
 * why it makes none. Nothing of it is run. Throws UserError (exit 3) if there is no Python.
 */
export async function readDraft(
  program: string,
  record: DocRecord,
  { environment, env }: { readonly environment: string; readonly env: CommandEnv | undefined },
): Promise<Task | DraftFlaw> {
  const line = { taskId: record.id, content: program, domain: record.domain, requirements: null, where: 'the draft' };
  const { tasks, unusable } = await loadRecords([line], { env }, upTo(environment, await listPackages()));
  const [task] = tasks;
  if (task === undefined) return flawOf(unusable[0], environment);
  return isAbout(task, record)
    ? task
    : { kind: 'off-topic', evidence: `the reference makes no use of \`${record.name}\`, which it was to be about` };
}

/** An environment with those that are smaller: the reader takes the smallest that has everything. */
function upTo(environment: string, all: readonly Packages[]): readonly Packages[] {
  return all.slice(0, all.findIndex(({ name }) => name === environment) + 1);
}

function flawOf(unusable: Unusable | undefined, environment: string): DraftFlaw {
  const why = unusable?.why ?? 'it holds no task';
  if (unusable?.cause === 'syntax') return { kind: 'unparsable', evidence: why };
  if (unusable?.cause !== 'packages') return { kind: 'malformed', evidence: why };
  return {
    kind: 'foreign-package',
    evidence: why.replace('no environment has', `the environment ${environment} lacks`),
  };
}

/**
 * Its own code uses the last part of what was documented, or a name that it imports that as; prose and comments do not count, nor
 * does a definition of its own. Of API records the name is a model's: it is not looked for.
 */
function isAbout({ reference }: Task, { name }: DocRecord): boolean {
  const last = name.split('.').at(-1) ?? '';
  if (!/^[\p{L}_][\p{L}\p{N}_]*$/u.test(last) || !/^[\p{L}\p{N}_.]+$/u.test(name)) return true;
  const statements = topLevelStatements(reference);
  const code = tokens(textOf(statements.filter(({ kind }) => kind !== 'import')));
  const imported = tokens(textOf(statements.filter(({ kind }) => kind === 'import')));
  const aliases = imported.flatMap(({ text }, at) =>
    text === last && imported[at + 1]?.text === 'as' ? (imported[at + 2]?.text ?? []) : [],
  );
  const names = new Set([last, ...aliases]);
  const isDefined = (at: number): boolean => ['def', 'class'].includes(code[at - 1]?.text ?? '');
  return code.some(({ kind, text }, at) =>
    kind === 'name'
      ? names.has(text) && !isDefined(at)
      : kind === 'string' && insertedNames(text).some((name) => names.has(name)),
  );
}

/** The names between the braces of an f-string. */
function insertedNames(string: string): string[] {
  if (!/^[rR]?[fF]/.test(string)) return [];
  return [...string.matchAll(/\{[^{}]*/g)].flatMap(([inserted]) => [...identifiers(inserted)]);
}

function textOf(statements: readonly Statement[]): string {
  return statements.map(({ text }) => text).join('\n');
}
