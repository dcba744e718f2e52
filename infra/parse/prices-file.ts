import { parse } from 'yaml';
import { z } from 'zod';
import type { Price } from '../../domain/sweep.js';
import { UserError } from '../errors.js';
import { priceSchema } from './price.js';

const fileSchema = z.record(z.string(), priceSchema).nullable();

/** The door for `prices.yaml`. Throws a `UserError` (exit 2) with file, field and cure. */
export function parsePrices(text: string, file: string): Readonly<Record<string, Price>> {
  const parsed = fileSchema.safeParse(tryYaml(text, file));
  if (parsed.success) return parsed.data ?? {};
  const issue = parsed.error.issues[0];
  throw problem(`${file}, field "${issue?.path.map(String).join('.') ?? ''}": ${issue?.message ?? 'not valid'}`);
}

function tryYaml(text: string, file: string): unknown {
  try {
    return parse(text) as unknown;
  } catch (cause) {
    throw problem(`${file}: ${cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : 'no YAML'}`);
  }
}

function problem(message: string): UserError {
  const hint = 'Write a line for each model: "openai:gpt-x: { prompt: 0.40, completion: 1.60 }" (docs/models.md).';
  return new UserError(message, { hint, exitCode: 2 });
}
