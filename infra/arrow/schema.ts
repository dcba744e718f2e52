import {
  Bool,
  Dictionary,
  Field,
  Float64,
  Int32,
  Int64,
  List,
  Schema,
  TimeUnit,
  Timestamp,
  Utf8,
  type DataType,
} from 'apache-arrow';
import { SCHEMA_VERSION, VERSION_KEY } from './format.js';

interface Values {
  text: string;
  /** Text of few distinct values: dictionary-encoded. */
  category: string;
  texts: readonly string[];
  flag: boolean;
  /** Int32. */
  int: number;
  /** Int64, up to 2^53. */
  long: number;
  real: number;
  /** Epoch milliseconds. */
  time: number;
}
type Kind = keyof Values | `${keyof Values}?`;

/** A table's columns, in order; a "?" marks one that may be null. */
export type Columns = Readonly<Record<string, Kind>>;

/** A row of a table; a column that may be null may be left out. */
export type Row<C extends Columns> = {
  readonly [N in keyof C as C[N] extends keyof Values ? N : never]: ValueOf<C[N]>;
} & {
  readonly [N in keyof C as C[N] extends keyof Values ? never : N]?: ValueOf<C[N]> | null | undefined;
};
type ValueOf<K extends Kind> = K extends keyof Values
  ? Values[K]
  : K extends `${infer V extends keyof Values}?`
    ? Values[V]
    : never;

const IDENTITY = {
  sweep_id: 'category',
  cell_id: 'text',
  suite: 'category',
  task_id: 'category',
  domain: 'category',
  libraries: 'texts',
  model: 'category',
  strategy: 'category',
  feedback: 'category',
  sample: 'int',
} as const satisfies Columns;

/** One row a cell; docs/results-schema.md says what each column means. */
export const CELLS = {
  ...IDENTITY,
  verdict: 'category',
  fault: 'category?',
  error_class: 'category',
  grading: 'category',
  cases_total: 'int?',
  cases_passed: 'int?',
  asserts: 'int?',
  attempts: 'int',
  prompt_tokens: 'long',
  completion_tokens: 'long',
  cached_tokens: 'long?',
  reasoning_tokens: 'long?',
  cost_usd: 'real?',
  generate_ms: 'real',
  execute_ms: 'real',
  cpu_ms: 'real',
  peak_memory_bytes: 'long?',
  started_at: 'time',
  finished_at: 'time',
  environment: 'category',
  environment_digest: 'category',
  program_sha256: 'text?',
  code_lines: 'int?',
  code_tokens: 'int?',
  message: 'text?',
  task_sha256: 'category',
  provider: 'category',
  rounds: 'int',
  has_examples: 'flag',
  give_up_after_ms: 'real',
  wall_seconds: 'real',
  final_attempt: 'int?',
  strategy_settings: 'category?',
  gpu: 'category?',
} as const satisfies Columns;

/** One row an action of a cell: each generation, each run of its program, each look-up that followed. */
export const ATTEMPTS = {
  ...IDENTITY,
  attempt: 'int',
  action: 'category',
  prompt_id: 'category?',
  prompt_sha256: 'text?',
  completion_sha256: 'text?',
  finish_reason: 'category?',
  end_of_run: 'category?',
  error_class: 'category?',
  fault: 'category?',
  error_line: 'int?',
  report_sha256: 'text?',
  worker: 'category',
  device: 'category?',
  program_sha256: 'text?',
  prompt_tokens: 'int?',
  completion_tokens: 'int?',
  cached_tokens: 'int?',
  reasoning_tokens: 'int?',
  cost_usd: 'real?',
  generate_ms: 'real?',
  code_lines: 'int?',
  code_tokens: 'int?',
  check: 'category?',
  verdict: 'category?',
  cases_total: 'int?',
  cases_passed: 'int?',
  asserts: 'int?',
  execute_ms: 'real?',
  cpu_ms: 'real?',
  peak_memory_bytes: 'long?',
  plan: 'category?',
  reason: 'text?',
  base: 'int?',
  temperature: 'real?',
  tool: 'category?',
  query: 'text?',
  entries: 'texts?',
  text_sha256: 'text?',
  index_digest: 'category?',
  retrieve_ms: 'real?',
  request_sha256: 'text?',
  shared: 'flag?',
} as const satisfies Columns;

/** One row a program that was made elsewhere and graded here. */
export const VERDICTS = {
  task_id: 'category',
  sample: 'int',
  line: 'int',
  verdict: 'category',
  fault: 'category?',
  error_class: 'category',
  end_of_run: 'category?',
  cases_total: 'int',
  cases_passed: 'int',
  asserts: 'int',
  execute_ms: 'real',
  cpu_ms: 'real',
  peak_memory_bytes: 'long',
  message: 'text?',
  environment: 'category',
  environment_digest: 'category',
  program_sha256: 'text',
  cached: 'flag',
} as const satisfies Columns;

/** The version that a column is new in; those that are not named are of the first. */
export const SINCE = {
  cells: { cached_tokens: 3, reasoning_tokens: 3, final_attempt: 3, strategy_settings: 3, gpu: 5 },
  attempts: {
    fault: 2,
    cached_tokens: 3,
    reasoning_tokens: 3,
    plan: 3,
    reason: 3,
    base: 3,
    temperature: 3,
    tool: 3,
    query: 3,
    entries: 3,
    text_sha256: 3,
    index_digest: 3,
    retrieve_ms: 3,
    request_sha256: 4,
    shared: 4,
  },
} as const;

export type CellRow = Row<typeof CELLS>;
export type AttemptRow = Row<typeof ATTEMPTS>;

/** The kind of a column without its "?". */
export function baseKind(kind: Kind): keyof Values {
  return kind.replace('?', '') as keyof Values;
}

const ARROW_TYPES: Readonly<Record<keyof Values, (column: number) => DataType>> = {
  text: () => new Utf8(),
  // Schemas of all segments are the same: 32-bit indices whatever the number of values, dictionaries named by the column.
  category: (column) => new Dictionary(new Utf8(), new Int32(), column),
  texts: () => new List(new Field('item', new Utf8(), false)),
  flag: () => new Bool(),
  int: () => new Int32(),
  long: () => new Int64(),
  real: () => new Float64(),
  time: () => new Timestamp(TimeUnit.MILLISECOND, 'UTC'),
};

/** The Arrow schema of a table: types are named here, never guessed from values. */
export function arrowSchema(columns: Columns, metadata: Readonly<Record<string, string>> = {}): Schema {
  const fields = Object.entries(columns).map(
    ([name, kind], column) => new Field<DataType>(name, ARROW_TYPES[baseKind(kind)](column), kind.endsWith('?')),
  );
  return new Schema(fields, new Map([[VERSION_KEY, String(SCHEMA_VERSION)], ...Object.entries(metadata)]));
}
