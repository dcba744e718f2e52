import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import type { Attempt, Execution, Generation, Lookup, Plan } from '../../domain/attempt.js';
import { cellFacts } from '../../domain/cell-facts.js';
import type { CellResult } from '../../domain/cell.js';
import { finalAttempt, sum, usage } from '../../domain/metrics.js';
import { type Repair, RepairTally } from '../../report/repair.js';
import { makeExecution, makeGeneration, makeResult, results as anyResults } from '../infra/store/results.js';

function repairOf(cells: readonly CellResult[]): Repair {
  const tally = new RepairTally();
  for (const each of cells) tally.add(cellFacts(each));
  return tally.result();
}

interface Round {
  readonly plan?: Pick<Plan, 'action' | 'base'>;
  readonly generation?: Partial<Generation>;
  readonly run?: Partial<Execution>;
  readonly lookups?: readonly Lookup[];
}

/** A cell with these rounds, of which the numbered one is handed in. Without `run` a round's program was not run. */
function cell(taskId: string, verdict: CellResult['verdict'], finalAttempt: number | null, rounds: readonly Round[]) {
  const attempts = rounds.map(({ plan, generation, run, lookups }, at): Attempt => ({
    attempt: at + 1,
    ...(plan === undefined ? {} : { plan: { reason: '', temperature: null, ...plan } }),
    generation: makeGeneration(generation),
    executions: run === undefined ? [] : [makeExecution(run)],
    ...(lookups === undefined ? {} : { lookups }),
  }));
  return makeResult({ taskId }, { verdict, attempts, finalAttempt });
}

/** A run that failed with a class and some of its four cases. */
function failed(errorClass: Execution['errorClass'], casesPassed: number): Partial<Execution> {
  return { verdict: 'fail', errorClass, casesPassed };
}

function lookup(...entries: readonly string[]): Lookup {
  return { query: 'q', entries, textSha256: 'f'.repeat(64), indexDigest: 'd', ms: 1 };
}

const passed: Partial<Execution> = {};
const repair = (base: number) => ({ action: 'repair', base }) as const;
const other = (action: Plan['action']) => ({ action, base: null });
const noProgram = { programSha256: null };

/** Each round takes 150 tokens, 1 s of the model and 0.2 s of each run, but for the one that says otherwise. */
const CELLS = [
  // Solved by two repairs, the first of which was shown what had been looked up.
  cell('mended', 'pass', 3, [
    { run: failed('attribute', 1), lookups: [lookup('a.b')] },
    { plan: repair(1), run: failed('assertion', 2), generation: { promptTokens: 200, completionTokens: 100 } },
    { plan: repair(2), run: passed },
  ]),
  // A fresh sample is worse, then a repair of the first program breaks what it had: the first is handed in.
  cell('broken', 'fail', 1, [
    { run: failed('assertion', 2) },
    { plan: other('fresh'), run: failed('type', 1), lookups: [lookup()] },
    { plan: repair(1), run: failed('assertion', 0) },
  ]),
  cell('at once', 'pass', 1, [{ run: passed }]),
  // A conversation: its second turn asks for documentation, and its third solves the task.
  cell('asked', 'pass', 3, [
    { run: failed('name', 0) },
    {
      plan: other('chat'),
      generation: { ...noProgram, tool: { name: 'read_docs', query: 'q' } },
      lookups: [lookup('a.c')],
    },
    { plan: other('chat'), run: passed },
  ]),
  // Nothing is known of the second program: the sandbox was lost.
  cell('lost', 'unscored', null, [{ generation: { ...noProgram, finishReason: 'length' } }, { plan: other('fresh') }]),
  cell('never asked', 'unscored', null, []),
];

describe('cells of several rounds', () => {
  const found = repairOf(CELLS);

  test('solved, tokens and seconds for each round', () => {
    expect(found.rounds.map(({ round, cells, solved, solvedSoFar }) => [round, cells, solved, solvedSoFar])).toEqual([
      [1, 5, 1, 1],
      [2, 4, 0, 1],
      [3, 3, 2, 3],
    ]);
    expect(found.rounds.map(({ tokens }) => tokens)).toEqual([5 * 150, 300 + 3 * 150, 3 * 150]);
    // In the second round two of four programs were run.
    for (const [at, seconds] of [5.8, 4.4, 3.6].entries()) expect(found.rounds[at]?.seconds).toBeCloseTo(seconds, 9);
    expect(found.rounds.map((round) => round.solvedPerThousandTokens)).toEqual([1_000 / 750, 0, 2_000 / 450]);
    expect(found.lastUseful).toBe(3);
  });

  test('the price of a solved cell, and of a further round', () => {
    expect(found.tokensPerSolved).toBe(1_950 / 3);
    expect(found.secondsPerSolved).toBeCloseTo(13.8 / 3, 9);
    expect(found.tokensPerExtraRound).toBe(1_200 / 7);
    expect(found.secondsPerExtraRound).toBeCloseTo(8 / 7, 9);
  });

  test('what followed an error: a turn that asks for documentation is no program', () => {
    expect(found.transitions.map(({ from, to, count }) => `${from} ${to} ${count}`)).toEqual([
      'assertion assertion 1',
      'assertion none 1',
      'assertion type 1',
      'attribute assertion 1',
      'name none 1',
    ]);
    expect(found.remedies.map((each) => Object.values(each).join(' '))).toEqual([
      'assertion repair 2 1',
      'assertion fresh 1 0',
      'attribute repair 1 0',
      'name chat 1 1',
    ]);
  });

  test('repairs that broke something: a fresh sample that is worse broke nothing', () => {
    expect([found.followed, found.repaired, found.broke]).toEqual([5, 4, 1]);
  });

  test('look-ups that helped: those that the prompt showed', () => {
    expect(found.lookups).toEqual({
      made: 3,
      empty: 1,
      with: { tries: 2, better: 2 },
      without: { tries: 3, better: 1 },
    });
  });

  test('a base that is repaired twice was looked up once', () => {
    const rounds = [
      { run: failed('value', 1), lookups: [lookup('x')] },
      { plan: repair(1), run: failed('type', 1) },
      { plan: repair(1), run: failed('type', 2) },
    ];
    const { lookups } = repairOf([cell('twice', 'fail', 3, rounds)]);
    expect(lookups).toEqual({ made: 1, empty: 0, with: { tries: 2, better: 1 }, without: { tries: 0, better: 0 } });
  });

  test('a fresh sample and another plan were shown no look-up', () => {
    const rounds = [
      { run: failed('value', 1), lookups: [lookup('x')] },
      { plan: other('plan'), run: failed('type', 1) },
      { plan: other('fresh'), run: failed('type', 2) },
    ];
    const { lookups, repaired } = repairOf([cell('sampled', 'fail', 3, rounds)]);
    expect([lookups.with.tries, lookups.without.tries, repaired]).toEqual([0, 2, 0]);
  });

  test('only a program can be broken, and only by a program', () => {
    const rounds = [
      { run: failed('assertion', 2) },
      { plan: repair(1), generation: noProgram },
      { plan: repair(2), run: failed('assertion', 1) },
    ];
    expect(repairOf([cell('prose', 'fail', 3, rounds)])).toMatchObject({ followed: 2, repaired: 1, broke: 0 });
  });

  test('a conversation goes by what was looked up since its last program', () => {
    const rounds = [
      { run: failed('name', 1), lookups: [lookup('x')] },
      { plan: other('chat'), run: failed('type', 2) },
      { plan: other('chat'), run: failed('type', 2) },
    ];
    const { lookups } = repairOf([cell('talked', 'fail', 3, rounds)]);
    expect(lookups).toEqual({ made: 1, empty: 0, with: { tries: 1, better: 1 }, without: { tries: 1, better: 0 } });
  });

  test('where to stop: rounds after the last that solved anything', () => {
    const late = cell(
      'never',
      'fail',
      4,
      [1, 2, 3, 4].map(() => ({ run: failed('assertion', 0) })),
    );
    expect(repairOf([...CELLS, late])).toMatchObject({ lastUseful: 3, rounds: { length: 4 } });
    expect(repairOf([late])).toMatchObject({ lastUseful: 0, tokensPerSolved: null, secondsPerSolved: null });
    expect(repairOf([])).toMatchObject({ lastUseful: 0, rounds: [], tokensPerExtraRound: null });
  });
});

test('laws: nothing is counted twice or lost, and the order of the cells is no matter', () => {
  fc.assert(
    fc.property(fc.array(anyResults, { maxLength: 6 }), (cells) => {
      const found = repairOf(cells);
      const { rounds, transitions, remedies, lookups } = found;
      const attempts = cells.flatMap((each) => each.attempts);
      const total = usage(attempts);

      const solved = cells.filter((each) => each.verdict === 'pass' && finalAttempt(each) !== null).length;
      expect(rounds.at(-1)?.solvedSoFar ?? 0).toBe(solved);
      for (const [at, { cells: taking, solvedSoFar }] of rounds.entries()) {
        expect(solvedSoFar).toBeGreaterThanOrEqual(rounds[at - 1]?.solvedSoFar ?? 0);
        expect(taking).toBeLessThanOrEqual(rounds[at - 1]?.cells ?? cells.length);
      }
      expect(rounds.slice(found.lastUseful).every((round) => round.solved === 0)).toBe(true);
      expect(sum(rounds.map((round) => round.cells))).toBe(attempts.length);
      expect(sum(rounds.map((round) => round.tokens))).toBe(total.promptTokens + total.completionTokens);

      expect(sum(transitions.map(({ count }) => count))).toBe(found.followed);
      expect(lookups.with.tries + lookups.without.tries).toBe(found.followed);
      expect(lookups.made).toBe(sum(attempts.map((each) => each.lookups?.length ?? 0)));
      for (const from of new Set(transitions.map((each) => each.from))) {
        const of = remedies.filter(({ errorClass }) => errorClass === from);
        const count = (which: (to: string) => boolean): number =>
          sum(transitions.filter((each) => each.from === from && which(each.to)).map((each) => each.count));
        expect(sum(of.map(({ tries }) => tries))).toBe(count(() => true));
        expect(sum(of.map(({ cured }) => cured))).toBe(count((to) => to === 'none'));
      }
      expect(found.broke).toBeLessThanOrEqual(found.repaired);
      expect(found.repaired).toBeLessThanOrEqual(found.followed);
      expect(lookups.empty).toBeLessThanOrEqual(lookups.made);

      // Sums of seconds may round differently.
      const { secondsPerSolved: _, secondsPerExtraRound: __, rounds: again, ...counts } = repairOf(cells.toReversed());
      expect(found).toMatchObject(counts);
      expect(again.map(({ seconds: ___, ...round }) => round)).toEqual(
        rounds.map(({ seconds: ___, ...round }) => round),
      );
    }),
    { numRuns: 200 },
  );
});
