import { describe, expect, test } from '@jest/globals';
import type { StrategySpec } from '../../domain/strategies/strategy.js';
import { type Draw, follow } from '../support/follow-strategy.js';

describe('codergen', () => {
  const wrong: Draw = { program: 0, casesPassed: 1, errorClass: 'assertion', tests: false, tool: null };
  /** The plans of ten rounds. */
  const plans = (answer: (round: number) => Draw, without: StrategySpec['without'] = []) => {
    const spec: StrategySpec = { id: 'codergen', rounds: 10, feedback: 'tests', without };
    const facts = { hasExamples: true, hasLibraries: false };
    const { attempts } = follow([spec, facts, Array.from({ length: 10 }, (_, round) => answer(round))]);
    return attempts.map(({ plan }) => plan);
  };
  const actions = (...of: Parameters<typeof plans>) =>
    plans(...of)
      .map((plan) => plan?.action)
      .join(' ');

  test('tries another plan once, then repairs after every three programs written anew', () => {
    // Each repair meets another error.
    const answer = (program: number): Draw => ({
      ...wrong,
      program,
      errorClass: [4, 8].includes(program) ? 'type' : 'assertion',
    });
    expect(actions(answer)).toBe('direct plan fresh fresh repair fresh fresh fresh repair fresh');
    expect(actions(answer, ['plan'])).toBe('direct fresh fresh fresh repair fresh fresh fresh repair fresh');
    expect(actions(answer, ['repair'])).toBe('direct plan fresh fresh fresh fresh fresh fresh fresh fresh');
  });

  test('does not repair a program again whose repair met the same error, gave it back, or was none', () => {
    const once = 'direct plan fresh fresh repair fresh fresh fresh fresh fresh';
    expect(actions((program) => ({ ...wrong, program }))).toBe(once);
    expect(actions((round) => ({ ...wrong, program: round === 4 ? 0 : round }))).toBe(once);
    expect(actions((round) => ({ ...wrong, program: round === 4 ? null : round }))).toBe(once);
  });

  test('repairs the program that got furthest: by its cases, then by the assertions that held', () => {
    const baseOf = (answer: (round: number) => Draw) => plans(answer).find((plan) => plan?.action === 'repair')?.base;
    const held = (asserts: readonly number[]) => (round: number) => ({
      ...wrong,
      program: round,
      asserts: asserts[round] ?? 0,
    });
    expect(baseOf(held([2, 2, 2]))).toBe(1);
    expect(baseOf(held([2, 5, 9, 9]))).toBe(3);
    expect(baseOf((round) => ({ ...held([2, 5, 9, 9])(round), casesPassed: round === 0 ? 2 : 1 }))).toBe(1);
  });

  test('repairs again once another program is better', () => {
    const better = (round: number): Draw => ({ ...wrong, program: round, casesPassed: round >= 7 ? 2 : 1 });
    expect(actions(better)).toBe('direct plan fresh fresh repair fresh fresh fresh repair fresh');
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
