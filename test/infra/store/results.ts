import * as fc from 'fast-check';
import {
  type Attempt,
  type Execution,
  type Generation,
  type Lookup,
  type Plan,
  PLAN_ACTIONS,
} from '../../../domain/attempt.js';
import { FINISH_REASONS } from '../../../domain/candidate.js';
import type { Cell, CellResult } from '../../../domain/cell.js';
import { ERROR_CLASSES } from '../../../domain/error-class.js';
import { FEEDBACKS, PARTS, STRATEGY_IDS } from '../../../domain/strategies/strategy.js';
import { END_OF_RUN } from '../../../domain/test-report.js';
import { FAULTS, VERDICTS } from '../../../domain/verdict.js';

const hashes = fc.stringMatching(/^[0-9a-f]{64}$/);
const counts = fc.nat({ max: 2 ** 31 - 1 });
const amounts = fc.double({ min: 0, max: 1e12, noNaN: true, noDefaultInfinity: true }).map((x) => (x === 0 ? 0 : x));
const moments = fc.nat({ max: 4_000_000_000_000 });
/** Text with quotes, line separators, emoji and whatever else JSON, Arrow and UTF-8 have to carry. */
const texts = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('\u2028', '"\n\r\t\\', '\0', ''));

const CELL = {
  sweepId: texts,
  cellId: texts,
  suite: texts,
  taskId: texts,
  taskSha256: hashes,
  domain: texts,
  libraries: fc.array(texts, { maxLength: 3 }),
  model: texts,
  provider: texts,
  strategy: fc.record(
    {
      id: fc.constantFrom(...STRATEGY_IDS),
      rounds: counts,
      feedback: fc.constantFrom(...FEEDBACKS),
      label: texts,
      temperature: amounts,
      tokens: counts,
      costUsd: amounts,
      without: fc.subarray([...PARTS]),
    },
    { requiredKeys: ['id', 'rounds', 'feedback'] },
  ),
  sample: counts,
  environment: texts,
  environmentDigest: texts,
  grading: fc.constantFrom('isolated' as const, 'in-process' as const),
  hasExamples: fc.boolean(),
  giveUpAfterMs: amounts,
  wallSeconds: amounts,
  gpu: texts,
};
const { gpu: _gpu, ...ALWAYS } = CELL;
const cells: fc.Arbitrary<Cell> = fc.record(CELL, { requiredKeys: Object.keys(ALWAYS) as (keyof typeof ALWAYS)[] });

const GENERATION = {
  promptId: texts,
  promptSha256: hashes,
  requestSha256: hashes,
  completionSha256: hashes,
  shared: fc.boolean(),
  programSha256: fc.option(hashes),
  finishReason: fc.constantFrom(...FINISH_REASONS),
  promptTokens: counts,
  cachedTokens: fc.option(counts),
  completionTokens: counts,
  reasoningTokens: fc.option(counts),
  costUsd: fc.option(amounts),
  generateMs: amounts,
  codeLines: counts,
  codeTokens: counts,
  worker: texts,
  tool: fc.record({ name: fc.constantFrom('read_docs' as const, 'finish' as const), query: texts }),
};
const { tool: _, requestSha256: _request, shared: _shared, ...REQUIRED } = GENERATION;
const generations: fc.Arbitrary<Generation> = fc.record(GENERATION, {
  requiredKeys: Object.keys(REQUIRED) as (keyof typeof REQUIRED)[],
});

const plans: fc.Arbitrary<Plan> = fc.record({
  action: fc.constantFrom(...PLAN_ACTIONS),
  reason: texts,
  base: fc.option(fc.integer({ min: 1, max: 9 })),
  temperature: fc.option(amounts),
});

const lookups: fc.Arbitrary<Lookup> = fc.record({
  query: texts,
  entries: fc.array(texts, { maxLength: 5 }),
  textSha256: hashes,
  indexDigest: texts,
  ms: amounts,
});

const executions: fc.Arbitrary<Execution> = fc.record({
  check: fc.constantFrom('tests' as const, 'examples' as const),
  verdict: fc.constantFrom('pass' as const, 'fail' as const, 'unverified' as const),
  errorClass: fc.constantFrom(...ERROR_CLASSES),
  fault: fc.option(fc.constantFrom(...FAULTS)),
  endOfRun: fc.constantFrom(...END_OF_RUN),
  errorLine: fc.option(counts),
  casesTotal: counts,
  casesPassed: counts,
  asserts: counts,
  executeMs: amounts,
  cpuMs: amounts,
  peakMemoryBytes: fc.nat({ max: Number.MAX_SAFE_INTEGER }),
  reportSha256: hashes,
  worker: texts,
  device: texts,
});

const attemptLists: fc.Arbitrary<Attempt[]> = fc
  .array(
    fc.record(
      {
        generation: generations,
        executions: fc.array(executions, { maxLength: 2 }),
        plan: plans,
        lookups: fc.array(lookups, { minLength: 1, maxLength: 2 }),
      },
      { requiredKeys: ['generation', 'executions'] },
    ),
    { maxLength: 3 },
  )
  .map((attempts) => attempts.map((attempt, index) => ({ attempt: index + 1, ...attempt })));

/** Any result that the types allow. */
export const results: fc.Arbitrary<CellResult> = fc.record({
  cell: cells,
  verdict: fc.constantFrom(...VERDICTS),
  fault: fc.option(fc.constantFrom(...FAULTS)),
  errorClass: fc.constantFrom(...ERROR_CLASSES),
  message: fc.option(texts),
  attempts: attemptLists,
  finalAttempt: fc.option(fc.integer({ min: 1, max: 3 })),
  startedAt: moments,
  finishedAt: moments,
});

const cell: Cell = {
  sweepId: 'demo',
  cellId: 'demo/starter/sum/m/direct/0',
  suite: 'starter',
  taskId: 'sum',
  taskSha256: 'e'.repeat(64),
  domain: 'general',
  libraries: [],
  model: 'm',
  provider: 'replay',
  strategy: { id: 'direct', rounds: 1, feedback: 'none' },
  sample: 0,
  environment: 'python',
  environmentDigest: 'python',
  grading: 'in-process',
  hasExamples: false,
  giveUpAfterMs: 60_000,
  wallSeconds: 10,
};

const generation: Generation = {
  promptId: 'direct-1',
  promptSha256: 'a'.repeat(64),
  completionSha256: 'b'.repeat(64),
  programSha256: 'c'.repeat(64),
  finishReason: 'stop',
  promptTokens: 100,
  cachedTokens: 60,
  completionTokens: 50,
  reasoningTokens: null,
  costUsd: 0.01,
  generateMs: 1_000,
  codeLines: 8,
  codeTokens: 40,
  worker: 'host-1',
};

const execution: Execution = {
  check: 'tests',
  verdict: 'pass',
  errorClass: 'none',
  fault: null,
  endOfRun: 'ok',
  errorLine: null,
  casesTotal: 4,
  casesPassed: 4,
  asserts: 4,
  executeMs: 200,
  cpuMs: 150,
  peakMemoryBytes: 20_000_000,
  reportSha256: 'd'.repeat(64),
  worker: 'host-1',
  device: 'cpu',
};

/** A cell named by suite, task and sample, with the fields given. */
export function makeCell(fields: Partial<Cell> = {}): Cell {
  const made = { ...cell, ...fields };
  const { sweepId, suite, taskId, model, strategy, sample } = made;
  return { ...made, cellId: fields.cellId ?? [sweepId, suite, taskId, model, strategy.id, sample].join('/') };
}

export function makeGeneration(fields: Partial<Generation> = {}): Generation {
  return { ...generation, ...fields };
}

export function makeExecution(fields: Partial<Execution> = {}): Execution {
  return { ...execution, ...fields };
}

/** A result of one attempt whose run has the verdict; without attempts if it is unscored. */
export function makeResult(cellFields: Partial<Cell> = {}, fields: Partial<CellResult> = {}): CellResult {
  const verdict = fields.verdict ?? 'pass';
  const run = verdict === 'unscored' ? [] : [makeExecution({ verdict, casesPassed: verdict === 'fail' ? 0 : 4 })];
  return {
    cell: makeCell(cellFields),
    verdict,
    fault: { pass: null, fail: 'model', unverified: 'model', unscored: 'infrastructure' }[
      verdict
    ] as CellResult['fault'],
    errorClass: 'none',
    message: null,
    attempts: run.length === 0 ? [] : [{ attempt: 1, generation: makeGeneration(), executions: run }],
    finalAttempt: fields.attempts?.at(-1)?.attempt ?? (run.length === 0 ? null : 1),
    startedAt: 1_700_000_000_000,
    finishedAt: 1_700_000_002_000,
    ...fields,
  };
}
