import { z } from 'zod';

/** The value of a JSON text; undefined if it is none (a torn line, a half-written file). */
export function tryJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** On one short line, why a schema refused what `tryJson` gave. */
export function whatIsWrong(json: unknown, error: z.ZodError): string {
  if (json === undefined) return 'no JSON';
  return z.prettifyError(error).replaceAll(/\s+/g, ' ').slice(0, 200);
}
