import { z } from 'zod';
import { GRADINGS } from '../../domain/task.js';
import { tryJson } from './json.js';

/** A Python identifier; ASCII, since it goes into patterns and generated source. */
const identifier = z.string().regex(/^[A-Za-z_]\w*$/, 'must be a Python identifier');

const code = z.string().transform((text) => text.replaceAll(/\r\n?/g, '\n'));

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
export const pythonNames = z
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

/** One line of mbpp.jsonl, or one entry of sanitized-mbpp.json, which names the words `prompt` and has no set-up. */
export const mbppLineSchema = z
  .object({
    task_id: z.union([z.int(), z.string().min(1)]),
    text: z.string().min(1).optional(),
    prompt: z.string().min(1).optional(),
    code,
    test_list: z.array(code).min(1),
    test_imports: z.array(code).default([]),
    test_setup_code: code.default(''),
  })
  .transform(({ text, prompt, ...rest }, context) => {
    const words = text ?? prompt;
    if (words !== undefined) return { ...rest, text: words };
    context.addIssue({ code: 'custom', path: ['text'], message: 'is missing, and so is "prompt"' });
    return z.NEVER;
  });
export type MbppLine = z.infer<typeof mbppLineSchema>;

/** An object, or its text: as JSON, or as Python writes a dictionary of names and numbers. */
const objectOrText = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => {
    if (typeof value !== 'string') return value;
    return tryJson(value) ?? tryJson(value.replaceAll("'", '"').replaceAll(/\bNone\b/g, 'null')) ?? value;
  }, schema);

/** One line of DS-1000's simplified format; its number becomes `task_id`, further fields are ignored. */
export const ds1000LineSchema = z
  .object({
    prompt: code.pipe(z.string().min(1)),
    reference_code: code,
    code_context: code,
    metadata: objectOrText(z.object({ problem_id: z.union([z.int(), z.string().min(1)]), library: z.string().min(1) })),
  })
  .transform((line) => ({ ...line, task_id: line.metadata.problem_id }));
export type Ds1000Line = z.infer<typeof ds1000LineSchema>;

const inputs = z.array(z.array(z.unknown()));

/** One line of EvalPlus' HumanEvalPlus.jsonl or MbppPlus.jsonl; inputs are read by Python, from the line itself. */
export const evalPlusLineSchema = z.object({
  task_id: z.string().min(1),
  prompt: z.string().min(1),
  entry_point: identifier,
  canonical_solution: code,
  base_input: inputs,
  plus_input: inputs,
  atol: z.number().nonnegative(),
});
export type EvalPlusLine = z.infer<typeof evalPlusLineSchema>;

const assertions = z.array(code).min(1);

/** One line of a user's own tasks; docs/add-a-dataset.md explains each field. A field that is not listed is an error. */
export const userTaskLineSchema = z
  .strictObject({
    task_id: z.union([z.int(), z.string().min(1)]),
    prompt: code,
    entry_point: identifier,
    reference: code.optional(),
    canonical_solution: code.optional(),
    test: code.optional(),
    tests: assertions.optional(),
    instruction: z.string().min(1).nullable().default(null),
    examples: assertions.nullable().default(null),
    domain: z.string().min(1).default('general'),
    libraries: z.array(z.string()).default([]),
    environment: z.string().min(1).default('base'),
    grading: z.enum(GRADINGS).default('isolated'),
  })
  .superRefine((line, context) => {
    const one = (first: 'reference' | 'test', second: 'canonical_solution' | 'tests'): void => {
      if ((line[first] === undefined) !== (line[second] === undefined)) return;
      context.addIssue({ code: 'custom', path: [first], message: `give either "${first}" or "${second}"` });
    };
    one('reference', 'canonical_solution');
    one('test', 'tests');
  });
export type UserTaskLine = z.infer<typeof userTaskLineSchema>;
