import { codergen } from './codergen.js';
import { direct } from './direct.js';
import { react } from './react.js';
import { resample } from './resample.js';
import type { Step, StrategyId } from './strategy.js';

/** Every strategy by its id. */
export const STRATEGIES: Readonly<Record<StrategyId, Step>> = { direct, resample, react, codergen };
