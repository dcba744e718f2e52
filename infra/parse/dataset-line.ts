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

/** Names of packages. */
export const requirementsSchema = z.array(z.string());

/** The names in an AICoderEval program's `requirements = [...]`, the first one if there are several; null if it is no list of strings. */
export function readRequirements(section: string): readonly string[] | null {
  const list = /^requirements\s*=\s*(\[[^\]]*\])/m.exec(section)?.[1];
  if (list === undefined) return [];
  const parsed = requirementsSchema.safeParse(tryJson(list));
  return parsed.success ? parsed.data : null;
}
