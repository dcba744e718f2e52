import type { Attempt, Check, Execution } from '../../domain/attempt.js';
import type { ErrorClass } from '../../domain/error-class.js';
import { STRATEGIES } from '../../domain/strategies/registry.js';
import type { CellState, StrategySpec } from '../../domain/strategies/strategy.js';
import { makeExecution, makeGeneration } from '../infra/store/results.js';

/** What a generation is like: the program (null for none; equal numbers are equal programs), and how it does. */
export interface Draw {
  readonly program: number | null;
  readonly casesPassed: number;
  /** Assertions that held; 4 unless given. */
  readonly asserts?: number;
  readonly errorClass: ErrorClass;
  readonly tests: boolean;
  readonly tool: 'read_docs' | 'finish' | null;
}

/** A strategy with its settings, what is known of the task, and what the model will answer. */
export type World = readonly [StrategySpec, Omit<CellState, 'attempts'>, readonly Draw[]];

/** All of four cases pass, or what was drawn. Of the examples, which are fewer, a program that passes the tests fails none. */
function runOf(check: Check, { casesPassed, asserts = 4, errorClass, tests }: Draw): Execution {
  const passes = tests || (check === 'examples' && casesPassed === 3);
  return makeExecution({
    check,
    verdict: passes ? 'pass' : 'fail',
    errorClass: passes ? 'none' : errorClass,
    casesTotal: 4,
    casesPassed: passes ? 4 : casesPassed,
    asserts: passes ? 4 : asserts,
  });
}

export interface Followed {
  readonly attempts: readonly Attempt[];
  readonly final: number | null;
}

/** Follows a strategy as a cell does. Throws if it does not end, or asks for what there is not. */
export function follow([spec, facts, draws]: World): Followed {
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
