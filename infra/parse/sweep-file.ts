import { resolve } from 'node:path';
import { isMap, isNode, LineCounter, parseDocument, type Document, type ScalarTag } from 'yaml';
import { z } from 'zod';
import { ASSEMBLIES } from '../../domain/aicodereval-assembly.js';
import { FEEDBACKS, labelOf, PARTS, STRATEGY_IDS, type StrategySpec } from '../../domain/strategies/strategy.js';
import { BACKENDS, type SandboxSpec, type SweepConfig } from '../../domain/sweep.js';
import { UserError } from '../errors.js';
import { modelEntrySchema } from './model-entry.js';
import { bytes, duration } from './quantity.js';

const positive = z.int().positive();
const name = z.string().regex(/^[a-z0-9][a-z0-9._-]{0,63}$/i, 'use 1 to 64 letters, digits, ".", "_" or "-"');

const suite = z
  .strictObject({
    id: z.string(),
    limit: positive.optional(),
    tasks: z.array(z.string()).min(1).optional(),
    file: z.string().optional(),
    revision: z
      .string()
      .regex(/^[0-9a-f]{40}$/, 'write a commit of the hub, 40 hexadecimal digits')
      .optional(),
    only: z.literal('usable', 'write usable, or leave it out for all tasks').optional(),
  })
  .refine(({ file, revision }) => file === undefined || revision === undefined, {
    path: ['revision'],
    message: 'a local `file` has no revision: leave one of the two out',
  })
  .transform(({ id, limit = null, tasks = null, file, revision, only }) => ({
    id,
    limit,
    tasks,
    file: file === undefined ? null : resolve(file),
    revision,
    only,
  }));

const strategy = z
  .strictObject({
    id: z.enum(STRATEGY_IDS),
    label: z.string().min(1).max(80).optional(),
    rounds: positive.max(20).optional(),
    feedback: z.enum(FEEDBACKS).optional(),
    temperature: z.number().min(0).max(2).optional(),
    tokens: positive.optional(),
    cost_usd: z.number().positive().optional(),
    without: z.array(z.enum(PARTS)).min(1).optional(),
  })
  .refine(({ id, without }) => without === undefined || id === 'codergen', {
    path: ['without'],
    message: 'only codergen has parts to leave out',
  })
  .transform(({ id, label, rounds, feedback, temperature, tokens, cost_usd: costUsd, without }): StrategySpec =>
    id === 'direct'
      ? { id, label, rounds: 1, feedback: 'none' }
      : { id, label, rounds: rounds ?? 3, feedback: feedback ?? 'examples', temperature, tokens, costUsd, without },
  );

const limits = z
  .strictObject({ cost_usd: z.number().positive().optional(), tokens: positive.optional(), wall: duration.optional() })
  .transform(({ cost_usd: costUsd = null, tokens = null, wall: wallMs = null }) => ({ costUsd, tokens, wallMs }));

const sandbox = z
  .strictObject({
    backend: z.enum(BACKENDS).default('local'),
    cpu_seconds: z.number().positive().default(10),
    wall: duration.optional(),
    memory: bytes.prefault('2GiB'),
    processes: positive.default(64),
    output: bytes.prefault('1MiB'),
    tmp: bytes.prefault('256MiB'),
    gpu: z
      .string()
      .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'write any, or a class of GPU such as a100; "aicodereval doctor" lists them')
      .optional(),
  })
  .transform((given) => ({
    backend: given.backend,
    cpuSeconds: given.cpu_seconds,
    // A program that only waits gets three times its processor limit.
    wallSeconds: given.wall === undefined ? given.cpu_seconds * 3 : given.wall / 1_000,
    memoryBytes: given.memory,
    processes: given.processes,
    outputBytes: given.output,
    tmpBytes: given.tmp,
    gpu: given.gpu,
  }));

const sweepSchema = z
  .strictObject({
    name,
    suites: z.array(suite).min(1),
    models: z.array(modelEntrySchema).min(1),
    strategies: z.array(strategy).min(1),
    samples: positive.max(1_000).default(1),
    concurrency: positive.max(1_000).optional(),
    limits: limits.prefault({}),
    sandbox: sandbox.prefault({}),
    assembly: z.enum(ASSEMBLIES).optional(),
  })
  .superRefine(({ models, strategies }, context) => {
    const labels = { models: models.map(({ label }) => label), strategies: strategies.map(labelOf) };
    for (const [field, what] of [
      ['models', 'a model'],
      ['strategies', 'a strategy'],
    ] as const) {
      const twice = labels[field].findIndex((label, index) => labels[field].indexOf(label) !== index);
      if (twice < 0) continue;
      const message = `"${labels[field][twice]}" stands twice; give each setting of ${what} its own label`;
      context.addIssue({ code: 'custom', path: [field, twice, 'label'], message });
    }
  })
  .superRefine(({ models, strategies }, context) => {
    const base = models.find(({ kind }) => kind === 'completion');
    const talking = strategies.findIndex(({ id }) => id !== 'direct');
    if (base === undefined || talking < 0) return;
    const message = `${base.label} only continues text (kind: completion), and this strategy has to talk with it; use direct`;
    context.addIssue({ code: 'custom', path: ['strategies', talking, 'id'], message });
  })
  .transform((given): SweepConfig => {
    const inFlight = given.models.reduce((sum, each) => sum + each.concurrency, 0) + 2;
    return { ...given, concurrency: given.concurrency ?? inFlight };
  });

/** 2_000_000, as people write large numbers; YAML 1.2 alone would take it for text. */
const SEPARATED_INT: ScalarTag = {
  tag: 'tag:yaml.org,2002:int',
  default: true,
  test: /^\d{1,3}(?:_\d{3})+$/,
  resolve: (text) => Number(text.replaceAll('_', '')),
};

/** A sweep from the text of its YAML file. Throws a `UserError` (exit 2) with file, line, field and cure. */
export function parseSweepFile(text: string, file: string): SweepConfig {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    customTags: (tags) => [SEPARATED_INT, ...tags],
  });
  const broken = document.errors[0];
  if (broken !== undefined) throw problem(file, lines.linePos(broken.pos[0]).line, null, broken.message);
  const parsed = sweepSchema.safeParse(document.toJS());
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const isUnknown = issue?.code === 'unrecognized_keys';
  const path = isUnknown ? [...issue.path, issue.keys[0] ?? ''] : (issue?.path ?? []);
  const what = isUnknown ? 'there is no such field' : (issue?.message ?? 'not valid');
  throw problem(file, lineOf(document, lines, path), path.map(String).join('.'), what);
}

/** The limits of a sweep file that names none, or only this processor time. */
export function sandboxDefaults(cpuSeconds?: number): SandboxSpec {
  return sandbox.parse(cpuSeconds === undefined ? {} : { cpu_seconds: cpuSeconds });
}

/** A sweep from values that are written in the program or on the command line. */
export function parseSweep(value: unknown, where: string): SweepConfig {
  const parsed = sweepSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw problem(where, null, issue?.path.map(String).join('.') ?? null, issue?.message ?? 'not valid');
}

function problem(file: string, line: number | null, field: string | null, what: string): UserError {
  const place = `${file}${line === null ? '' : `, line ${line}`}${field === null || field === '' ? '' : `, field "${field}"`}`;
  return new UserError(`${place}: ${what}.`, {
    hint: 'docs/sweep-file.md lists every field with an example.',
    exitCode: 2,
  });
}

/** Line of the deepest part of the path that is in the file. */
function lineOf(document: Document, lines: LineCounter, path: readonly PropertyKey[]): number | null {
  for (let depth = path.length; depth > 0; depth -= 1) {
    const parent: unknown = depth === 1 ? document.contents : document.getIn(path.slice(0, depth - 1), true);
    const pair = isMap(parent) ? parent.items.find(({ key }) => String(key) === String(path[depth - 1])) : undefined;
    const node: unknown = pair?.key ?? document.getIn(path.slice(0, depth), true);
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
  }
  return null;
}
