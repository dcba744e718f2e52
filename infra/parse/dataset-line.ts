import { z } from 'zod';
import { tryJson } from './json.js';

/** A Python identifier; ASCII, since it goes into patterns and generated source. */
const identifier = z.string().regex(/^[A-Za-z_]\w*$/, 'must be a Python identifier');

/** One line of HumanEval.jsonl; further fields are ignored. */
export const humanEvalLineSchema = z.object({
  task_id: z.string().min(1),
  prompt: z.string().min(1),
  entry_point: identifier,
  canonical_solution: z.string(),
  test: z.string().min(1),
});
export type HumanEvalLine = z.infer<typeof humanEvalLineSchema>;

/** A Python list of strings, written as Python writes it. */
const pythonNames = z
  .string()
  .regex(
    /^\[(?:\s*(?:'[^'\\]*'|"[^"\\]*")\s*(?:,|(?=\])))*\s*\]$/,
    "must be a Python list of strings, as in ['numpy', 'os']",
  )
  .transform((text) => [...text.matchAll(/'([^']*)'|"([^"]*)"/g)].map(([, single, double]) => single ?? double ?? ''));

/** One line of BigCodeBench's files; further fields are ignored. */
export const bigCodeBenchLineSchema = z.object({
  task_id: z.string().min(1),
  complete_prompt: z.string().min(1),
  instruct_prompt: z.string().min(1),
  code_prompt: z.string().min(1),
  canonical_solution: z.string(),
  test: z.string().min(1),
  entry_point: identifier,
  libs: pythonNames,
});
export type BigCodeBenchLine = z.infer<typeof bigCodeBenchLineSchema>;

/** Names of packages. */
export const requirementsSchema = z.array(z.string());

/** The names in an AICoderEval program's `requirements = [...]`, the first one if there are several; null if it is no list of strings. */
export function readRequirements(section: string): readonly string[] | null {
  const list = /^requirements\s*=\s*(\[[^\]]*\])/m.exec(section)?.[1];
  if (list === undefined) return [];
  const parsed = requirementsSchema.safeParse(tryJson(list));
  return parsed.success ? parsed.data : null;
}
