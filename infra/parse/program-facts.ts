import { z } from 'zod';
import { tryJson } from './json.js';

/** What a test's prints and assertions come to; one in a loop counts once. */
export interface TestMarkers {
  /** Cases that its prints begin, where all of their numbers are written out without a gap; null where that shows only in a run. */
  readonly cases: number | null;
  /** Assert statements. */
  readonly asserts: number;
  /** Calls such as `self.assertEqual`, `numpy.testing.assert_allclose` or `pytest.raises`. */
  readonly assertingCalls: number;
}

/** What a program says of itself that Python can parse. */
export interface SourceFacts {
  /** The definition that the test names, the last of several; else the first one; null if there is none. */
  readonly entryPoint: string | null;
  /** The test names it. */
  readonly isTested: boolean;
  readonly kind: 'function' | 'class' | null;
  /** The reference up to the end of the entry point's docstring; null if it has none. */
  readonly prompt: string | null;
  /** Top-level modules that are imported anywhere and are not of the standard library. */
  readonly imports: readonly string[];
  /** The test replaces parts of modules. */
  readonly mocks: boolean;
  readonly call: {
    /** What runs the test. */
    readonly source: string;
    /** Names in the call section that nothing defines. */
    readonly undefined: readonly string[];
    /** Something runs the test. */
    readonly runs: boolean;
  };
}

export interface ProgramFacts {
  /** Line of the program, from 1; null where none is to blame. */
  readonly syntaxError: { readonly line: number | null; readonly message: string } | null;
  /** Null where the program can't be parsed. */
  readonly facts: SourceFacts | null;
  /** Null where the test can't be parsed. */
  readonly markers: TestMarkers | null;
}

export interface ParsedPrograms {
  /** Of the Python that parsed them. */
  readonly version: readonly [number, number];
  /** Top-level modules of its standard library. */
  readonly stdlib: readonly string[];
  /** In the order in which they were given. */
  readonly programs: readonly ProgramFacts[];
}

const count = z.int().nonnegative();

const markersSchema: z.ZodType<TestMarkers> = z.object({
  cases: count.nullable(),
  asserts: count,
  assertingCalls: count,
});

const sourceSchema: z.ZodType<SourceFacts> = z.object({
  entryPoint: z.string().nullable(),
  isTested: z.boolean(),
  kind: z.enum(['function', 'class']).nullable(),
  prompt: z.string().nullable(),
  imports: z.array(z.string()),
  mocks: z.boolean(),
  call: z.object({ source: z.string(), undefined: z.array(z.string()), runs: z.boolean() }),
});

const schema: z.ZodType<ParsedPrograms> = z.object({
  version: z.tuple([count, count]),
  stdlib: z.array(z.string()),
  programs: z.array(
    z.object({
      syntaxError: z.object({ line: count.nullable(), message: z.string() }).nullable(),
      facts: sourceSchema.nullable(),
      markers: markersSchema.nullable(),
    }),
  ),
});

/** The door for what program_facts.py writes; null if that is not what it wrote. */
export function parseProgramFacts(text: string): ParsedPrograms | null {
  const parsed = schema.safeParse(tryJson(text));
  return parsed.success ? parsed.data : null;
}
