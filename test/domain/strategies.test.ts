import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import type { Attempt, Check, Execution } from '../../domain/attempt.js';
import type { ErrorClass } from '../../domain/error-class.js';
import { STRATEGIES } from '../../domain/strategies/registry.js';
import { FEEDBACKS, PARTS, type StrategySpec } from '../../domain/strategies/strategy.js';
import { makeExecution, makeGeneration } from '../infra/store/results.js';

/** What a generation is like: the program (null for none; equal numbers are equal programs), and how it does. */
interface Draw {
  readonly program: number | null;
  readonly casesPassed: number;
  readonly errorClass: ErrorClass;
  readonly tests: boolean;
  readonly tool: 'read_docs' | 'finish' | null;
}

const draw: fc.Arbitrary<Draw> = fc.record({
  program: fc.option(fc.nat({ max: 6 }), { freq: 6 }),
  casesPassed: fc.nat({ max: 3 }),
  errorClass: fc.constantFrom('assertion', 'type', 'attribute', 'cpu-time', 'syntax', 'exception'),
  tests: fc.boolean(),
  tool: fc.constantFrom('read_docs', 'finish', null),
});
const draws = fc.array(draw, { minLength: 20, maxLength: 20 });
const spec: fc.Arbitrary<StrategySpec> = fc.oneof(
  fc.constant<StrategySpec>({ id: 'direct', rounds: 1, feedback: 'none' }),
  fc.record({
    id: fc.constantFrom('resample', 'react', 'codergen'),
    rounds: fc.integer({ min: 1, max: 20 }),
    feedback: fc.constantFrom(...FEEDBACKS),
    tokens: fc.option(fc.integer({ min: 1, max: 2_000 }), { nil: undefined }),
    without: fc.subarray([...PARTS]),
  }),
);
const world = fc.tuple(spec, fc.record({ hasExamples: fc.boolean(), hasLibraries: fc.boolean() }), draws);
type World = typeof world extends fc.Arbitrary<infer W> ? W : never;

/** All of four cases pass, or what was drawn. Of the examples, which are fewer, a program that passes the tests fails none. */
function runOf(check: Check, { casesPassed, errorClass, tests }: Draw): Execution {
  const passes = tests || (check === 'examples' && casesPassed === 3);
  return makeExecution({
    check,
    verdict: passes ? 'pass' : 'fail',
    errorClass: passes ? 'none' : errorClass,
    casesTotal: 4,
    casesPassed: passes ? 4 : casesPassed,
  });
}

interface Followed {
  readonly attempts: readonly Attempt[];
  readonly final: number | null;
}

/** Follows a strategy as a cell does. Throws if it does not end, or asks for what there is not. */
function follow([spec, facts, draws]: World): Followed {
  const attempts: Attempt[] = [];
  for (let steps = 0; steps < 200; steps += 1) {
    const action = STRATEGIES[spec.id](spec, { attempts, ...facts });
    if (action.do === 'finish') return { attempts, final: action.attempt };
    if (action.do === 'generate') {
      const { program, tool } = draws[attempts.length] as Draw;
      const generation = makeGeneration({
        programSha256: program === null ? null : `program ${program}`,
        ...(program === null && tool !== null ? { tool: { name: tool, query: 'q' } } : {}),
      });
      attempts.push({ attempt: attempts.length + 1, plan: action.plan, generation, executions: [] });
      continue;
    }
    const chosen = attempts[action.attempt - 1];
    if (chosen === undefined) throw new Error('there is no such attempt');
    if (action.do === 'retrieve') {
      const lookup = { query: 'q', entries: [], textSha256: 't', indexDigest: '', ms: 0 };
      attempts[action.attempt - 1] = { ...chosen, lookups: [...(chosen.lookups ?? []), lookup] };
      continue;
    }
    if (chosen.generation.programSha256 === null) throw new Error('there is no program to run');
    const run = runOf(action.check, draws[action.attempt - 1] as Draw);
    attempts[action.attempt - 1] = { ...chosen, executions: [...chosen.executions, run] };
  }
  throw new Error('it does not end');
}

/** Holds for every strategy, settings and answers. */
function always(law: (followed: Followed, world: World) => void): void {
  fc.assert(fc.property(world, (drawn) => law(follow(drawn), drawn)));
}

const used = (attempts: readonly Attempt[]): number =>
  attempts.reduce((sum, { generation }) => sum + generation.promptTokens + generation.completionTokens, 0);

describe('every strategy, whatever the model answers', () => {
  test('ends within its rounds, and begins no generation once its tokens are used up', () => {
    always(({ attempts }, [spec]) => {
      expect(attempts.length).toBeGreaterThanOrEqual(1);
      expect(attempts.length).toBeLessThanOrEqual(spec.rounds);
      if (spec.tokens !== undefined) expect(used(attempts.slice(0, -1))).toBeLessThan(spec.tokens);
    });
  });

  test('hands in a program that the tests have judged, if any answer held one', () => {
    always(({ attempts, final }) => {
      const isThere = attempts.some(({ generation }) => generation.programSha256 !== null);
      expect(final !== null).toBe(isThere);
      if (final !== null) expect(attempts[final - 1]?.executions.at(-1)?.check).toBe('tests');
    });
  });

  test('decides on the tests only where they are its feedback: otherwise they judge one program, the last thing it does', () => {
    always(({ attempts, final }, [spec]) => {
      const judged = attempts.filter(({ executions }) => executions.some(({ check }) => check === 'tests'));
      if (spec.feedback !== 'tests')
        expect(judged.map(({ attempt }) => attempt)).toEqual(final === null ? [] : [final]);
    });
  });

  test('runs each check of a program once, and examples only where there are some', () => {
    always(({ attempts }, [, { hasExamples }]) => {
      for (const { executions } of attempts) {
        const checks = executions.map(({ check }) => check);
        expect(new Set(checks).size).toBe(checks.length);
        if (!hasExamples) expect(checks).not.toContain('examples');
      }
    });
  });

  test('stops at the first program that its feedback passes, and hands that one in', () => {
    always(({ attempts, final }, [spec]) => {
      const passes = ({ executions }: Attempt): boolean =>
        executions.some(({ check, verdict }) => check === spec.feedback && verdict === 'pass');
      const passed = attempts.findIndex(passes);
      if (passed >= 0) expect([attempts.length, final]).toEqual([passed + 1, passed + 1]);
    });
  });

  test('asks first what direct asks', () => {
    always(({ attempts }) => {
      expect(attempts[0]?.plan).toEqual({
        action: 'direct',
        reason: 'the first answer',
        base: null,
        temperature: null,
      });
    });
  });
});

/** Cases of the feedback that a program passed; -1 where nothing was seen. */
function scoreOf({ executions }: Attempt, feedback: string): number {
  const run = executions.find(({ check }) => check === feedback);
  return run === undefined ? -1 : run.casesPassed;
}

describe('resample and codergen', () => {
  test('hand in a program that passes most cases of what they see', () => {
    always(({ attempts, final }, [{ id, feedback, without = [] }]) => {
      if (final === null || id === 'direct' || id === 'react' || without.includes('undo')) return;
      const best = Math.max(...attempts.map((attempt) => scoreOf(attempt, feedback)));
      expect(scoreOf(attempts[final - 1] as Attempt, feedback)).toBe(best);
    });
  });
});

describe('codergen', () => {
  /** Each repair with what it knew. */
  const repairs = ({ attempts }: Followed) =>
    attempts.flatMap((attempt, index) =>
      attempt.plan?.action === 'repair' ? [{ attempt, before: attempts.slice(0, index) }] : [],
    );

  test('repairs the best program so far, never one that passes, and says why', () => {
    always((followed, [{ feedback, without = [] }]) => {
      for (const { attempt, before } of repairs(followed)) {
        const base = before.find((one) => one.attempt === attempt.plan?.base) as Attempt;
        expect(attempt.plan?.reason).not.toBe('');
        expect(base.executions.some(({ check, verdict }) => check === feedback && verdict === 'pass')).toBe(false);
        if (without.includes('undo')) continue;
        expect(scoreOf(base, feedback)).toBe(Math.max(...before.map((one) => scoreOf(one, feedback))));
      }
    });
  });

  test('tries something else after a repair that gave an earlier program back', () => {
    always(({ attempts }, [{ without = [] }]) => {
      for (const [index, { plan, generation }] of attempts.entries()) {
        const earlier = attempts.slice(0, index).map((one) => one.generation.programSha256);
        const isEcho = plan?.action === 'repair' && earlier.includes(generation.programSha256);
        if (isEcho && !without.includes('fresh')) expect(attempts[index + 1]?.plan?.action).not.toBe('repair');
      }
    });
  });

  test('tries another plan once, then repairs after every two programs written anew', () => {
    const wrong: Draw = { program: 0, casesPassed: 1, errorClass: 'assertion', tests: false, tool: null };
    const answers = Array.from({ length: 7 }, (_, program) => ({ ...wrong, program }));
    const actions = (without: StrategySpec['without']) => {
      const spec: StrategySpec = { id: 'codergen', rounds: 7, feedback: 'tests', without };
      const { attempts } = follow([spec, { hasExamples: true, hasLibraries: false }, answers]);
      return attempts.map(({ plan }) => plan?.action);
    };
    expect(actions([])).toEqual(['direct', 'plan', 'fresh', 'repair', 'fresh', 'fresh', 'repair']);
    expect(actions(['plan'])).toEqual(['direct', 'fresh', 'fresh', 'repair', 'fresh', 'fresh', 'repair']);
  });

  test('without fresh samples it repairs whatever there is; without look-ups it looks nothing up', () => {
    always(({ attempts }, [{ id, without = [] }]) => {
      if (id !== 'codergen') return;
      const isThere = (index: number): boolean =>
        attempts.slice(0, index).some(({ generation }) => generation.programSha256 !== null);
      for (const [index, { plan, lookups }] of attempts.entries()) {
        if (without.includes('fresh') && isThere(index)) expect(plan?.action).toBe('repair');
        if (without.includes('lookup')) expect(lookups).toBeUndefined();
      }
    });
  });

  test.each<[string, Partial<Draw>, string]>([
    ['an error', { errorClass: 'attribute' }, 'attribute: another plan, its steps first'],
    ['a wrong answer', { errorClass: 'assertion' }, 'assertion: another plan, its steps first'],
    ['a program that is too slow', { errorClass: 'cpu-time' }, 'cpu-time: another plan, its steps first'],
    ['an answer without code', { program: null }, 'no answer held a program: another plan, its steps first'],
  ])('after %s the model is asked for another plan at its own temperature', (_what, first, reason) => {
    const base: Draw = { program: 0, casesPassed: 1, errorClass: 'assertion', tests: false, tool: null };
    const spec: StrategySpec = { id: 'codergen', rounds: 2, feedback: 'tests' };
    const { attempts } = follow([spec, { hasExamples: true, hasLibraries: true }, [{ ...base, ...first }, base]]);
    expect(attempts[1]?.plan).toEqual({ action: 'plan', reason, base: null, temperature: null });
  });
});

test('react reads documentation and finishes when the model says so', () => {
  const base: Draw = { program: 0, casesPassed: 1, errorClass: 'type', tests: false, tool: null };
  const spec: StrategySpec = { id: 'react', rounds: 5, feedback: 'tests' };
  const docs: Draw = { ...base, program: null, tool: 'read_docs' };
  const finish: Draw = { ...base, program: null, tool: 'finish' };
  const { attempts, final } = follow([spec, { hasExamples: true, hasLibraries: true }, [base, docs, finish, base]]);
  expect([attempts.length, attempts[1]?.lookups?.length, final]).toEqual([3, 1, 1]);
});
