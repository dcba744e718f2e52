import { conclude, lastProgram, loop } from './loop.js';
import { type Action, type CellState, laterTemperature, type Step, type StrategySpec } from './strategy.js';

/**
 * A ReAct loop (arXiv 2210.03629): one conversation of thoughts, actions and observations. A code block is the action
 * run_code, a line "Docs: ..." is read_docs, "Finish" hands the last program in. It has the rounds, the budget and the
 * documentation that `codergen` has.
 */
export const react: Step = (spec, state) =>
  loop(
    spec,
    state,
    () => goOn(spec, state),
    () => lastProgram(state.attempts),
  );

function goOn(spec: StrategySpec, state: CellState): Action {
  const last = state.attempts.at(-1);
  const tool = last?.generation.tool;
  if (last !== undefined && tool?.name === 'read_docs' && last.lookups === undefined) {
    return { do: 'retrieve', attempt: last.attempt, query: tool.query };
  }
  const program = lastProgram(state.attempts);
  if (tool?.name === 'finish' && program !== null) return conclude(program);
  const reason = last?.generation.programSha256 === null ? 'the last turn held no program' : 'the program failed';
  return { do: 'generate', plan: { action: 'chat', reason, base: null, temperature: laterTemperature(spec) } };
}
