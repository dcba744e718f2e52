import type { Attempt } from '../../domain/attempt.js';
import { type CellResult, concludeCell } from '../../domain/cell.js';

const STRATEGIES = [
  { id: 'direct', rounds: 1, feedback: 'none' },
  { id: 'react', rounds: 2, feedback: 'tests' },
] as const;

/** Four cells, two tasks with two strategies, with `say` of every text in them. */
export function resultsOf(say: (text: string) => string): CellResult[] {
  return ['one', 'two'].flatMap((task) =>
    STRATEGIES.map((strategy): CellResult => {
      const cell = {
        sweepId: 'sweep',
        cellId: say(`sweep/${task}/${strategy.id}`),
        suite: say('suite'),
        taskId: say(task),
        taskSha256: 't'.repeat(64),
        domain: say('nlp'),
        libraries: [say('numpy')],
        model: say('model'),
        provider: 'replay',
        strategy: { ...strategy, label: say(strategy.id) },
        sample: 0,
        environment: say('base'),
        environmentDigest: '',
        grading: 'isolated',
        hasExamples: false,
        giveUpAfterMs: 1,
        wallSeconds: 1,
      } as const;
      const rounds = strategy.rounds === 2 && task === 'two' ? [false, true] : [task === 'one'];
      const attempts = rounds.map((isPass, at) => attemptOf(at + 1, isPass, say));
      return concludeCell(
        cell,
        attempts,
        { startedAt: 0, finishedAt: 1_000 },
        { finalAttempt: rounds.length, unscored: null },
      );
    }),
  );
}

/** The cell of a result as it ends where its sandbox is lost: with these attempts, unscored. */
export function lost({ cell }: CellResult, attempts: readonly Attempt[] = []): CellResult {
  const unscored = {
    errorClass: 'sandbox-unavailable',
    fault: 'infrastructure',
    message: 'No sandbox answered.',
  } as const;
  return concludeCell(cell, attempts, { startedAt: 0, finishedAt: 1_000 }, { finalAttempt: null, unscored });
}

/** Attempts the last of which was not run. */
export function withoutLastRun(attempts: readonly Attempt[]): Attempt[] {
  return attempts.map((each, at) => (at === attempts.length - 1 ? { ...each, executions: [] } : each));
}

function attemptOf(attempt: number, isPass: boolean, say: (text: string) => string): Attempt {
  return {
    attempt,
    plan: { action: 'chat', reason: say('it failed'), base: null, temperature: null },
    generation: {
      promptId: say('direct-1'),
      promptSha256: 'a'.repeat(64),
      completionSha256: 'b'.repeat(64),
      programSha256: 'c'.repeat(64),
      finishReason: 'stop',
      promptTokens: 100,
      completionTokens: 50,
      costUsd: null,
      generateMs: 500,
      codeLines: 3,
      codeTokens: 20,
      worker: say('w'),
    },
    executions: [
      {
        check: 'tests',
        verdict: isPass ? 'pass' : 'fail',
        errorClass: isPass ? 'none' : 'assertion',
        fault: isPass ? null : 'model',
        endOfRun: 'ok',
        errorLine: null,
        casesTotal: 2,
        casesPassed: isPass ? 2 : 1,
        asserts: 1,
        executeMs: 5,
        cpuMs: 5,
        peakMemoryBytes: 1,
        reportSha256: 'd'.repeat(64),
        worker: say('w'),
        device: say('cpu'),
      },
    ],
    lookups: [{ query: say('q'), entries: [say('e')], textSha256: 'e'.repeat(64), indexDigest: '', ms: 1 }],
  };
}
