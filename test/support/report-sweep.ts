import type { Attempt, Execution, Generation } from '../../domain/attempt.js';
import { type Cell, type CellResult, concludeCell } from '../../domain/cell.js';
import { slug } from '../../domain/cell-id.js';
import { labelOf, type StrategySpec } from '../../domain/strategies/strategy.js';
import { writeSegment } from '../../infra/arrow/segments.js';
import { parseSweep } from '../../infra/parse/sweep-file.js';
import { MANIFEST_FORMAT } from '../../infra/parse/manifest.js';
import { openBlobStore } from '../../infra/store/blobs.js';
import { configHash, writeSweep } from '../../infra/store/manifest.js';
import { mulberry32 } from '../../report/random.js';
import { ERRORS, type Failing, failedReport, KINDS, MATERIAL, passedReport, taskOf } from './report-texts.js';

/** A sweep that is made up, as a page of a report would show it. */
export interface MadeUpSweep {
  readonly name: string;
  readonly tasks: number;
  readonly models: readonly string[];
  readonly strategies: readonly StrategySpec[];
  readonly samples: number;
  /** What becomes of every name and text in it; they stay as they are unless given. */
  readonly say?: (text: string) => string;
}

/** One that has something of everything: ten arms. */
export const MADE_UP: MadeUpSweep = {
  name: 'made-up',
  tasks: 20,
  models: ['coder-small', 'coder-large'],
  strategies: [
    { id: 'direct', rounds: 1, feedback: 'none' },
    { id: 'resample', rounds: 4, feedback: 'tests' },
    { id: 'react', rounds: 4, feedback: 'tests' },
    { id: 'codergen', rounds: 4, feedback: 'tests' },
    { id: 'codergen', label: 'codergen-examples', rounds: 4, feedback: 'examples' },
  ],
  samples: 1,
};

/** Cells of a segment. */
const SEGMENT = 250;

type Put = (text: string) => Promise<string>;

/** Writes a sweep as a run would have: manifest, plan, segments, texts in the store. The same one each time. */
export async function writeMadeUpSweep(home: string, sweep: MadeUpSweep): Promise<CellResult[]> {
  const blobs = openBlobStore(home);
  const stored = new Map<string, Promise<string>>();
  const { say = (text) => text } = sweep;
  // Most texts come again and again: each is written once.
  const once: Put = (text) => {
    const found = stored.get(text) ?? blobs.put(text);
    stored.set(text, found);
    return found;
  };
  const results: CellResult[] = [];
  const random = mulberry32(7);
  for (const cell of await plan(sweep, say, once)) results.push(await finish(cell, random, say, once));
  const config = parseSweep(
    {
      name: sweep.name,
      suites: [{ id: 'starter' }],
      models: sweep.models.map((id) => ({ id: `replay:${id}` })),
      strategies: [{ id: 'direct' }],
    },
    'made up',
  );
  await writeSweep(
    home,
    {
      format: MANIFEST_FORMAT,
      sweepId: sweep.name,
      config,
      configSha256: configHash(config),
      versions: { aicodereval: '0.1.0' },
      createdAt: 0,
      environments: ['ml'],
      validations: [],
      cells: results.length,
    },
    results.map(({ cell }) => cell),
  );
  for (let at = 0; at < results.length; at += SEGMENT) {
    await writeSegment(home, sweep.name, at / SEGMENT, results.slice(at, at + SEGMENT));
  }
  return results;
}

async function plan(
  { name, tasks, models, strategies, samples }: MadeUpSweep,
  say: (text: string) => string,
  put: Put,
): Promise<Cell[]> {
  const cells: Cell[] = [];
  for (let number = 0; number < tasks; number += 1) {
    const [domain, libraries] = KINDS[number % KINDS.length] ?? ['general', []];
    const task = taskOf(number, domain, libraries, say);
    const taskSha256 = await put(JSON.stringify(task));
    for (const model of models)
      for (const strategy of strategies)
        for (let sample = 0; sample < samples; sample += 1) {
          const parts = [
            name,
            'made-up',
            `task-${String(number).padStart(4, '0')}`,
            slug(model),
            labelOf(strategy),
            sample,
          ];
          cells.push({
            sweepId: name,
            cellId: say(parts.join('/')),
            suite: task.suite,
            taskId: task.taskId,
            taskSha256,
            domain: task.domain,
            libraries: task.libraries,
            model: say(model),
            provider: 'replay',
            strategy: { ...strategy, label: say(labelOf(strategy)) },
            sample,
            environment: say('ml'),
            environmentDigest: 'e',
            grading: 'in-process',
            hasExamples: true,
            giveUpAfterMs: 1,
            wallSeconds: 30,
          });
        }
  }
  return cells;
}

/** What a cell came to: stronger models and repair solve more, some errors stay as they are, few cells are not judged. */
async function finish(cell: Cell, random: () => number, say: (text: string) => string, put: Put): Promise<CellResult> {
  const number = Number(/task-(\d+)/.exec(cell.cellId)?.[1] ?? 0);
  const ease = ((number * 37) % 100) / 100;
  const skill = 0.25 + 0.3 * Number(cell.cellId.includes('large')) + (cell.strategy.id === 'codergen' ? 0.08 : 0);
  const attempts: Attempt[] = [];
  const startedAt = Date.UTC(2026, 0, 5, 8) + number * 4_000;
  if (random() < 0.012) {
    const unscored = {
      errorClass: 'sandbox-unavailable',
      fault: 'infrastructure',
      message: say('No sandbox answered for ten minutes.'),
    } as const;
    return concludeCell(cell, [], { startedAt, finishedAt: startedAt + 600_000 }, { finalAttempt: null, unscored });
  }
  let last: Failing = ERRORS[Math.floor(random() * random() * ERRORS.length)] ?? 'assertion';
  for (let attempt = 1; attempt <= cell.strategy.rounds; attempt += 1) {
    const isPass = random() < skill * (1.35 - ease) * (attempt === 1 ? 1 : 0.45);
    if (random() < 0.45) last = ERRORS[Math.floor(random() * random() * ERRORS.length)] ?? last;
    attempts.push(await round(cell, { attempt, number, error: isPass ? null : last }, say, put));
    if (isPass) break;
  }
  const used = attempts.reduce((total, { generation }) => total + generation.generateMs, 0);
  const ending = { finalAttempt: attempts.length, unscored: null };
  return concludeCell(cell, attempts, { startedAt, finishedAt: startedAt + Math.round(used) + 900 }, ending);
}

interface Round {
  readonly attempt: number;
  readonly number: number;
  /** Null for a pass. */
  readonly error: Failing | null;
}

async function round(
  cell: Cell,
  { attempt, number, error }: Round,
  say: (text: string) => string,
  put: Put,
): Promise<Attempt> {
  const material = MATERIAL[number % MATERIAL.length];
  const wrong = material?.wrong[(attempt - 1) % (material?.wrong.length ?? 1)] ?? '';
  const program = say(error === null ? (material?.right ?? '') : wrong);
  const prompt = [
    { role: 'system', content: say('You write Python. Answer with one block of code.') },
    { role: 'user', content: say(material?.prompt ?? '') },
    ...(attempt === 1 ? [] : [{ role: 'user', content: say('The program failed the tests. Mend it.') }]),
  ];
  const generation: Generation = {
    promptId: say(attempt === 1 ? 'direct-2' : 'repair-3'),
    promptSha256: await put(JSON.stringify(prompt)),
    completionSha256: await put(say(`Here is the function.\n\n\`\`\`python\n${program}\`\`\`\n`)),
    programSha256: await put(program),
    finishReason: 'stop',
    promptTokens: 240 + 90 * attempt,
    completionTokens: 120 + ((number * 13) % 60),
    costUsd: (240 + 90 * attempt) * 2e-7 + 150 * (cell.cellId.includes('large') ? 2e-6 : 6e-7),
    generateMs: 1_400 + ((number * 71) % 900) * (cell.cellId.includes('large') ? 2 : 1),
    codeLines: 9,
    codeTokens: 80,
    worker: say('worker-1'),
    ...(attempt === 1 && cell.strategy.id === 'codergen' ? { shared: true } : {}),
  };
  const isLookedUp = cell.strategy.id === 'codergen' && error === 'attribute';
  return {
    attempt,
    ...(attempt === 1
      ? {}
      : { plan: { action: 'repair', reason: say('the last program failed'), base: attempt - 1, temperature: 0.8 } }),
    generation,
    executions: [await execution(error, material?.line ?? 5, say, put)],
    ...(isLookedUp
      ? {
          lookups: [
            {
              query: say('numpy.masked_mean'),
              entries: [say('numpy.mean'), say('numpy.ma.mean')],
              textSha256: await put(
                say('numpy.mean(a, axis=None, dtype=None)\n    The arithmetic mean along an axis.'),
              ),
              indexDigest: 'd',
              ms: 12,
            },
          ],
        }
      : {}),
  };
}

async function execution(
  error: Failing | null,
  line: number,
  say: (text: string) => string,
  put: Put,
): Promise<Execution> {
  const report = error === null ? passedReport(say) : failedReport(error, line, say);
  const passed = report.cases.filter((status) => status === 'passed').length;
  return {
    check: 'tests',
    verdict: error === null ? 'pass' : 'fail',
    errorClass: error ?? 'none',
    fault: error === null ? null : 'model',
    endOfRun: report.endOfRun,
    errorLine: error === null || error === 'cpu-time' ? null : line,
    casesTotal: report.cases.length,
    casesPassed: passed,
    asserts: passed * 2,
    executeMs: 64,
    cpuMs: 41,
    peakMemoryBytes: 91_000_000,
    reportSha256: await put(JSON.stringify({ check: 'tests', report })),
    worker: say('worker-1'),
    device: 'cpu',
  };
}
