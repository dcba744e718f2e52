import { z } from 'zod';
import { END_OF_RUN, type EndOfRun } from '../../domain/test-report.js';
import { type Grading, GRADINGS } from '../../domain/task.js';

export const MEASURES = ['cpu', 'wall', 'memory', 'output', 'processes', 'files', 'disk', 'inodes'] as const;
/** What a hostile program takes too much of. */
export type Measure = (typeof MEASURES)[number];

/** A program that cheats or attacks: what it tries, and what has to come of it. See `infra/attacks/corpus.yaml`. */
export interface Attack {
  readonly id: string;
  readonly wants: 'cheat' | 'escape' | 'hostile';
  readonly tries: string;
  readonly program: string;
  /** Null for the usual one of what it wants. */
  readonly test: string | null;
  /** What the task shows: helpers, and the beginning of the function or class `f`. */
  readonly prompt: string;
  /** The environment whose libraries it needs. */
  readonly environment: string;
  /** A program that runs next in the same place, to find what the first one left; null if there is none. */
  readonly follow: string | null;
  /** The kinds of grading that promise a defence. */
  readonly promised: readonly Grading[];
  /** Of a hostile program: the ends of run of which one has to come. */
  readonly ends: readonly EndOfRun[];
  /** Of a hostile program: what it must not get more of than its limit and some slack. */
  readonly takes: Measure | null;
  /** The weakness of a runner against which it was seen to succeed. */
  readonly bites: string;
}

const end = z.enum(END_OF_RUN);

/** The door for the corpus. */
export const corpusSchema: z.ZodType<readonly Attack[]> = z.array(
  z
    .strictObject({
      id: z.string().regex(/^[a-z0-9-]+$/),
      wants: z.enum(['cheat', 'escape', 'hostile']),
      tries: z.string().min(1),
      program: z.string().min(1),
      test: z.string().nullable().default(null),
      prompt: z
        .string()
        .regex(/^(?:def|class) f\b/m)
        .default('def f(x):\n'),
      environment: z.string().default('base'),
      follow: z.string().nullable().default(null),
      promised: z
        .array(z.enum(GRADINGS))
        .min(1)
        .default([...GRADINGS]),
      end: z.union([end, z.array(end).min(1)]).optional(),
      takes: z.enum(MEASURES).nullable().default(null),
      bites: z.string().regex(/^[a-z-]+$/),
    })
    .refine(
      ({ wants, end }) => (wants === 'hostile') === (end !== undefined),
      'an end is for hostile programs, and for each',
    )
    .transform(({ end = [], ...attack }) => ({ ...attack, ends: Array.isArray(end) ? end : [end] })),
);
