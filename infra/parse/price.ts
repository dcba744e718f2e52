import { z } from 'zod';
import type { Price } from '../../domain/sweep.js';

const amount = z.number().nonnegative();

/** A price as users write it: US dollars for a million tokens. */
export const priceSchema = z
  .strictObject({ prompt: amount, completion: amount, cached: amount.optional(), cache_write: amount.optional() })
  .transform(({ prompt, completion, cached, cache_write }): Price => ({
    promptUsdPerMillion: prompt,
    completionUsdPerMillion: completion,
    cachedUsdPerMillion: cached,
    cacheWriteUsdPerMillion: cache_write,
  }));
