import { bestOf, loop } from './loop.js';
import { laterTemperature, type Step } from './strategy.js';

/**
 * Fresh samples of the same prompt until one passes the feedback or the budget ends; the best is handed in. The control for every
 * strategy that repairs: what repair gains beyond trying again with the same feedback and the same budget.
 */
export const resample: Step = (spec, state) =>
  loop(
    spec,
    state,
    () => {
      const reason = 'another sample of the same prompt';
      return {
        do: 'generate',
        plan: { action: 'fresh', reason, base: null, temperature: laterTemperature(spec) },
      };
    },
    (check) => bestOf(state.attempts, check),
  );
