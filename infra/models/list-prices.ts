import type { Price } from '../../domain/sweep.js';

const price = (prompt: number, completion: number, cached: number, cacheWrite?: number): Price => ({
  promptUsdPerMillion: prompt,
  completionUsdPerMillion: completion,
  cachedUsdPerMillion: cached,
  cacheWriteUsdPerMillion: cacheWrite,
});

const OPUS = price(15, 75, 1.5, 18.75);
const SONNET = price(3, 15, 0.3, 3.75);

/**
 * What hosts asked for at their own address in October 2025. Few and dated: a price that is wrong is worse than one that is not known.
 * A model's dated name (`-2025-04-14`, `-20250514`) costs what the name in front of it does, unless it stands here.
 */
export const LIST_PRICES: Readonly<Record<string, Price>> = {
  'openai:gpt-4o': price(2.5, 10, 1.25),
  'openai:gpt-4o-2024-05-13': { promptUsdPerMillion: 5, completionUsdPerMillion: 15 },
  'openai:gpt-4o-mini': price(0.15, 0.6, 0.075),
  'openai:gpt-4.1': price(2, 8, 0.5),
  'openai:gpt-4.1-mini': price(0.4, 1.6, 0.1),
  'openai:gpt-4.1-nano': price(0.1, 0.4, 0.025),
  'openai:gpt-5': price(1.25, 10, 0.125),
  'openai:gpt-5-mini': price(0.25, 2, 0.025),
  'openai:gpt-5-nano': price(0.05, 0.4, 0.005),
  'openai:o4-mini': price(1.1, 4.4, 0.275),
  'anthropic:claude-opus-4': OPUS,
  'anthropic:claude-opus-4-1': OPUS,
  'anthropic:claude-sonnet-4': SONNET,
  'anthropic:claude-sonnet-4-5': SONNET,
  'anthropic:claude-haiku-4-5': price(1, 5, 0.1, 1.25),
};
