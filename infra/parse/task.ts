import { z } from 'zod';
import { ANSWERS, GRADINGS, type Task } from '../../domain/task.js';

/** The door for tasks that a sweep has put into the store. */
export const taskSchema: z.ZodType<Task> = z.object({
  suite: z.string(),
  taskId: z.string(),
  domain: z.string(),
  libraries: z.array(z.string()),
  prompt: z.string(),
  // Tasks that were stored before there were instructions have none.
  instruction: z.string().nullable().default(null),
  entryPoint: z.string(),
  reference: z.string(),
  test: z.string(),
  cases: z.int().nonnegative().nullable(),
  examples: z.string().nullable(),
  environment: z.string(),
  grading: z.enum(GRADINGS),
  answer: z.enum(ANSWERS).optional(),
  authorsPrompt: z.string().optional(),
});
