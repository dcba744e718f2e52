import { z } from 'zod';

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

/** The list of an AICoderEval program's `requirements = [...]`. */
export const requirementsSchema = z.array(z.string());
