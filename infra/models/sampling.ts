import type { Omissible } from '../../domain/sweep.js';
import type { ModelRequest } from './model.js';

/** How a completion is drawn; what is undefined must not be in the request. */
export interface Sampling {
  readonly temperature: number | undefined;
  readonly topP: number | undefined;
  readonly maxTokens: number | undefined;
  readonly seed: number | undefined;
  readonly stop: readonly string[] | undefined;
}

/** What the spec says, without what its host refuses (`leaveOut`). */
export function samplingOf({ spec, seed }: ModelRequest): Sampling {
  const unless = <T>(name: Omissible, value: T): T | undefined => (spec.leaveOut?.includes(name) ? undefined : value);
  return {
    temperature: unless('temperature', spec.temperature),
    topP: unless('top_p', spec.topP),
    maxTokens: unless('max_tokens', spec.maxTokens),
    seed: unless('seed', seed),
    stop: spec.stop.length === 0 ? undefined : unless('stop', spec.stop),
  };
}
