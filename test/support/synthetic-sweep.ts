import type { Attempt, Execution, Generation } from '../../domain/attempt.js';
import { type Cell, type CellResult, concludeCell } from '../../domain/cell.js';
import type { ErrorClass } from '../../domain/error-class.js';
import type { StrategySpec } from '../../domain/strategies/strategy.js';
import { parseSweep } from '../../infra/parse/sweep-file.js';
import { writeSweep } from '../../infra/store/manifest.js';
import { mulberry32 } from '../../report/random.js';

const MODELS = ['small', 'medium', 'large', 'thinking', 'other'];
const STRATEGIES: readonly StrategySpec[] = [
  { id: 'direct', rounds: 1, feedback: 'none' },
  { id: 'resample', rounds: 3, feedback: 'tests' },
  { id: 'react', rounds: 3, feedback: 'tests' },
  { id: 'codergen', rounds: 3, feedback: 'examples' },
];
const DOMAINS = ['vision', 'audio', 'text', 'tabular', 'training', 'general'];
const LIBRARIES = ['torch', 'transformers', 'scikit-learn', 'pandas', 'librosa', 'tensorflow', 'scipy'];
const ERRORS: readonly ErrorClass[] = ['assertion', 'type', 'name', 'value', 'attribute', 'import', 'cpu-time'];
const ARMS = MODELS.length * STRATEGIES.length;
const MOST_TASKS = 1_000;
const ROUND_MS = 2_000;

/** Writes the manifest of a sweep that is never run. */
export async function writeSyntheticSweep(home: string, sweepId: string, cells: number): Promise<void> {
  const file = {
    name: sweepId,
    suites: [{ id: 'starter' }],
    models: [{ id: 'openai:m' }],
    strategies: [{ id: 'direct' }],
  };
  const config = parseSweep(file, 'synthetic');
  const facts = { versions: {}, environments: [], validations: [], configSha256: '0'.repeat(64) };
  await writeSweep(home, { format: 1, sweepId, config, createdAt: 0, cells, ...facts }, []);
}

/** Results `from` to `to` of a sweep of so many: 20 arms, up to 1,000 tasks, as many samples as that takes. The same every time. */
export function syntheticCells(sweepId: string, from: number, to: number, cells: number): CellResult[] {
  const tasks = Math.max(1, Math.min(MOST_TASKS, Math.floor(cells / ARMS)));
  return Array.from({ length: to - from }, (_, at) => syntheticCell(sweepId, from + at, tasks));
}

function syntheticCell(sweepId: string, index: number, tasks: number): CellResult {
  const random = mulberry32(index + 1);
  const cell = plannedCell(sweepId, index, tasks);
  const task = Math.floor(index / ARMS) % tasks;
  const ease = mulberry32(task * 7 + 3)();
  const attempts: Attempt[] = [];
  for (let round = 1; round <= cell.strategy.rounds && attempts.at(-1)?.executions[0]?.verdict !== 'pass'; round += 1) {
    attempts.push(syntheticAttempt(round, cell.strategy, random, ease));
  }
  const startedAt = 1_700_000_000_000 + index * 50;
  const times = { startedAt, finishedAt: startedAt + attempts.length * ROUND_MS };
  if (random() < 0.01) {
    const unscored = {
      errorClass: 'model-unavailable',
      fault: 'infrastructure',
      message: 'the host was down',
    } as const;
    return concludeCell(cell, [], times, { finalAttempt: null, unscored });
  }
  const finalAttempt = attempts.findLast(({ generation }) => generation.programSha256 !== null)?.attempt ?? null;
  return concludeCell(cell, attempts, times, { finalAttempt, unscored: null });
}

function plannedCell(sweepId: string, index: number, tasks: number): Cell {
  const arm = index % ARMS;
  const task = Math.floor(index / ARMS) % tasks;
  const sample = Math.floor(index / (ARMS * tasks));
  const model = MODELS[arm % MODELS.length] ?? '';
  const strategy = STRATEGIES[Math.floor(arm / MODELS.length)] as StrategySpec;
  const taskId = `synthetic/${String(task).padStart(4, '0')}`;
  return {
    sweepId,
    cellId: `${sweepId}/bench/${taskId}/${model}/${strategy.id}/${sample}`,
    suite: 'bench',
    taskId,
    taskSha256: hash(mulberry32(task + 1)),
    domain: DOMAINS[task % DOMAINS.length] ?? '',
    libraries: [0, 1].flatMap((nth) => LIBRARIES[(task + nth * 3) % LIBRARIES.length] ?? []).slice(0, 1 + (task % 2)),
    model,
    provider: 'openai',
    strategy,
    sample,
    environment: 'ml',
    environmentDigest: 'e'.repeat(64),
    grading: 'isolated',
    hasExamples: true,
    giveUpAfterMs: 600_000,
    wallSeconds: 30,
  };
}

function syntheticAttempt(attempt: number, strategy: StrategySpec, random: () => number, ease: number): Attempt {
  const hasCode = random() > 0.04;
  const isPass = hasCode && random() < ease;
  const errorClass = isPass ? 'none' : (ERRORS[Math.floor(random() * random() * ERRORS.length)] ?? 'assertion');
  const isRepair = attempt > 1 && strategy.id !== 'resample';
  const plan = {
    action: attempt === 1 ? 'direct' : isRepair ? 'repair' : 'fresh',
    reason: attempt === 1 ? 'the first' : `after ${errorClass}`,
    base: isRepair ? attempt - 1 : null,
    temperature: null,
  } as const;
  const executions = hasCode ? [syntheticRun(isPass, errorClass, random)] : [];
  return { attempt, plan, generation: syntheticGeneration(hasCode, random), executions };
}

function syntheticGeneration(hasCode: boolean, random: () => number): Generation {
  return {
    promptId: 'direct-2',
    promptSha256: hash(random),
    requestSha256: hash(random),
    completionSha256: hash(random),
    programSha256: hasCode ? hash(random) : null,
    finishReason: 'stop',
    promptTokens: 200 + Math.floor(random() * 600),
    cachedTokens: 100,
    completionTokens: 50 + Math.floor(random() * 400),
    reasoningTokens: 0,
    costUsd: Math.floor(random() * 1_000) / 1e6,
    generateMs: Math.floor(random() * 8_000),
    codeLines: 5 + Math.floor(random() * 40),
    codeTokens: 40 + Math.floor(random() * 300),
    worker: 'bench-1',
  };
}

function syntheticRun(isPass: boolean, errorClass: ErrorClass, random: () => number): Execution {
  return {
    check: 'tests',
    verdict: isPass ? 'pass' : 'fail',
    errorClass,
    fault: isPass ? null : 'model',
    endOfRun: isPass ? 'ok' : 'exception',
    errorLine: isPass ? null : 3,
    casesTotal: 5,
    casesPassed: isPass ? 5 : Math.floor(random() * 5),
    asserts: 5,
    executeMs: Math.floor(random() * 900),
    cpuMs: Math.floor(random() * 500),
    peakMemoryBytes: 50_000_000 + Math.floor(random() * 1e8),
    reportSha256: hash(random),
    worker: 'bench-1',
    device: 'cpu',
  };
}

function hash(random: () => number): string {
  return Array.from({ length: 8 }, () =>
    Math.floor(random() * 2 ** 32)
      .toString(16)
      .padStart(8, '0'),
  ).join('');
}
