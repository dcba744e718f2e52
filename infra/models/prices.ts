import { join } from 'node:path';
import type { ModelSpec, Price } from '../../domain/sweep.js';
import { readIfExists } from '../fs.js';
import { parsePrices } from '../parse/prices-file.js';
import { isDefaultHost, keyVariable } from './host-key.js';
import { LIST_PRICES } from './list-prices.js';

/** Prices by a model's label or id. */
export type PriceTable = Readonly<Record<string, Price>>;

const FREE: Price = { promptUsdPerMillion: 0, completionUsdPerMillion: 0 };

/** The user's own prices: `<home>/prices.yaml`; none if there is no such file. Throws UserError (exit 2). */
export async function readPrices(home: string): Promise<PriceTable> {
  const file = join(home, 'prices.yaml');
  const text = await readIfExists(file);
  return text === null ? {} : parsePrices(text, file);
}

/**
 * What a model costs; null if nobody knows. The sweep file goes first, then the user's prices, then the list prices of
 * hosts at their own address. What runs here or asks for no key costs nothing.
 */
export function priceOf(spec: ModelSpec, prices: PriceTable): Price | null {
  if (spec.isFree === true) return FREE;
  if (spec.promptUsdPerMillion > 0 || spec.completionUsdPerMillion > 0) return statedPrice(spec);
  const known = prices[spec.label] ?? prices[spec.id];
  if (known !== undefined) return known;
  if (keyVariable(spec) === null) return FREE;
  return isDefaultHost(spec) ? (LIST_PRICES[spec.id] ?? LIST_PRICES[undated(spec.id)] ?? null) : null;
}

/** The spec at the price that was known when its sweep or build began; null is a price that nobody knew. */
export function atPrice(spec: ModelSpec, price: Price | null): ModelSpec {
  return price === null ? { ...spec, isUnpriced: true } : { ...spec, ...price };
}

function statedPrice(spec: ModelSpec): Price {
  const { promptUsdPerMillion, completionUsdPerMillion, cachedUsdPerMillion, cacheWriteUsdPerMillion } = spec;
  return { promptUsdPerMillion, completionUsdPerMillion, cachedUsdPerMillion, cacheWriteUsdPerMillion };
}

/** "openai:gpt-4.1-2025-04-14" -> "openai:gpt-4.1". */
function undated(id: string): string {
  return id.replace(/-(?:\d{8}|\d{4}-\d{2}-\d{2})$/, '');
}
