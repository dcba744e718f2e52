import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import type { Attempt } from '../../domain/attempt.js';
import { FEEDBACKS, PARTS, type StrategySpec } from '../../domain/strategies/strategy.js';
import { type Draw, follow, type Followed, type World } from '../support/follow-strategy.js';

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
});
