import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import type { Attempt, Check, Execution, Generation } from '../../domain/attempt.js';
import { STRATEGIES } from '../../domain/strategies/registry.js';
import { FEEDBACKS, type StrategySpec } from '../../domain/strategies/strategy.js';

/** What happens at each generation: whether it holds a program, and how the program does. */
interface Draw {
  readonly hasCode: boolean;
  readonly examples: boolean;
  readonly tests: boolean;
}

const draw = fc.record({ hasCode: fc.boolean(), examples: fc.boolean(), tests: fc.boolean() });
const draws = fc.array(draw, { minLength: 20, maxLength: 20 });
const spec: fc.Arbitrary<StrategySpec> = fc.oneof(
  fc.constant<StrategySpec>({ id: 'direct', rounds: 1, feedback: 'none' }),
  fc.record({
    id: fc.constant('react'),
    rounds: fc.integer({ min: 1, max: 20 }),
    feedback: fc.constantFrom(...FEEDBACKS),
  }),
);
const world = fc.tuple(spec, fc.boolean(), draws);

const generation = (hasCode: boolean): Generation => ({
  promptId: 'p',
  promptSha256: 'p',
  completionSha256: 'c',
  programSha256: hasCode ? 'x' : null,
  finishReason: 'stop',
  promptTokens: 1,
  completionTokens: 1,
  costUsd: 0,
  generateMs: 1,
  codeLines: 1,
  codeTokens: 1,
  worker: 'w',
});

const execution = (check: Check, passes: boolean): Execution => ({
  check,
  verdict: passes ? 'pass' : 'fail',
  errorClass: passes ? 'none' : 'assertion',
  endOfRun: 'ok',
  errorLine: null,
  casesTotal: 0,
  casesPassed: 0,
  asserts: 1,
  executeMs: 1,
  cpuMs: 1,
  peakMemoryBytes: 1,
  reportSha256: 'r',
  worker: 'w',
  device: 'cpu',
});

/** Follows a strategy as a cell does. Throws if it does not end, or asks to run what there is not. */
function follow(spec: StrategySpec, hasExamples: boolean, draws: readonly Draw[]): Attempt[] {
  const attempts: Attempt[] = [];
  for (let steps = 0; steps < 100; steps += 1) {
    const action = STRATEGIES[spec.id](spec, { attempts, hasExamples });
    const last = attempts.at(-1);
    if (action.do === 'finish') return attempts;
    if (action.do === 'generate') {
      const hasCode = draws[attempts.length]?.hasCode === true;
      attempts.push({ attempt: attempts.length + 1, generation: generation(hasCode), executions: [] });
      continue;
    }
    if (last === undefined || last.generation.programSha256 === null) throw new Error('there is no program to run');
    const run = execution(action.check, draws[attempts.length - 1]?.[action.check] === true);
    attempts[attempts.length - 1] = { ...last, executions: [...last.executions, run] };
  }
  throw new Error('it does not end');
}

describe('every strategy, whatever the model answers', () => {
  test('ends within its rounds and runs only programs that there are', () => {
    fc.assert(
      fc.property(world, ([spec, hasExamples, draws]) => {
        const { length } = follow(spec, hasExamples, draws);
        expect(length).toBeGreaterThanOrEqual(1);
        expect(length).toBeLessThanOrEqual(spec.rounds);
      }),
    );
  });

  test('has its last program judged by the tests, if it holds one', () => {
    fc.assert(
      fc.property(world, ([spec, hasExamples, draws]) => {
        const last = follow(spec, hasExamples, draws).at(-1);
        const expected = last?.generation.programSha256 === null ? undefined : 'tests';
        expect(last?.executions.at(-1)?.check).toBe(expected);
      }),
    );
  });

  test('decides on the tests only where they are its feedback: otherwise their verdict ends it', () => {
    fc.assert(
      fc.property(world, ([spec, hasExamples, draws]) => {
        const attempts = follow(spec, hasExamples, draws);
        const judged = attempts.filter(({ executions }) => executions.some(({ check }) => check === 'tests'));
        if (spec.feedback !== 'tests') expect(judged.length).toBeLessThanOrEqual(1);
      }),
    );
  });

  test('runs each check of a program once, and examples only where there are some', () => {
    fc.assert(
      fc.property(world, ([spec, hasExamples, draws]) => {
        for (const { executions } of follow(spec, hasExamples, draws)) {
          const checks = executions.map(({ check }) => check);
          expect(new Set(checks).size).toBe(checks.length);
          if (!hasExamples) expect(checks).not.toContain('examples');
        }
      }),
    );
  });

  test('stops at the first program that its feedback passes', () => {
    fc.assert(
      fc.property(world, ([spec, hasExamples, draws]) => {
        const attempts = follow(spec, hasExamples, draws);
        const passed = attempts.findIndex(({ executions }) => executions.some(({ verdict }) => verdict === 'pass'));
        if (passed >= 0) expect(attempts).toHaveLength(passed + 1);
      }),
    );
  });
});
