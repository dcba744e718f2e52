/** How a task is graded: candidate and tests in two processes, or in one. A row says which. */
export const GRADINGS = ['isolated', 'in-process'] as const;
export type Grading = (typeof GRADINGS)[number];

/** What a model answers with: the function that the prompt begins, or code that goes in a place of a longer program. */
export const ANSWERS = ['function', 'snippet'] as const;

/**
 * One benchmark task. `prompt`, `reference` and `test` are Python source; the tests are never shown to a model
 * unless the sweep's `feedback` says so.
 */
export interface Task {
  readonly suite: string;
  readonly taskId: string;
  /** Kind of work, e.g. "nlp", "vision", "audio", "tabular", "general". */
  readonly domain: string;
  /** Third-party Python libraries that the program imports; empty for the standard library alone. */
  readonly libraries: readonly string[];
  /** Imports, helper functions, and the signature with docstring that the model is asked to complete. */
  readonly prompt: string;
  /** What to do in words that take the docstring's place in chat prompts; null where the docstring says it. */
  readonly instruction: string | null;
  /** The function under test. */
  readonly entryPoint: string;
  /** A complete program that passes. */
  readonly reference: string;
  /** Test source, run after the candidate in a module of its own that sees the candidate's names. */
  readonly test: string;
  /** Number of test cases where it is known before the run, else null. */
  readonly cases: number | null;
  /** Python source that checks only the examples in the prompt's docstring; null if it has none. */
  readonly examples: string | null;
  /** Name of the environment (set of Python packages) that the program needs. */
  readonly environment: string;
  readonly grading: Grading;
  /**
   * A function unless given. For a snippet `prompt` is a problem in words and code, and the program, also the reference, a function
   * that returns the snippet's text (see `snippet.ts`).
   */
  readonly answer?: (typeof ANSWERS)[number] | undefined;
  /** What a suite's authors put before an answer, where that is not the prompt: for `assembly: authors`. */
  readonly authorsPrompt?: string | undefined;
}
