import {
  Bool,
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

/** Raised with every change of a column; readers refuse a newer one. */
export const SCHEMA_VERSION = 4;

/** Key of the schema's metadata that holds `SCHEMA_VERSION`. */
export const VERSION_KEY = 'aicodereval.schema_version';

interface Values {
  text: string;
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
  sweep_id: 'text',
  cell_id: 'text',
  suite: 'text',
  task_id: 'text',
  domain: 'text',
  libraries: 'texts',
  model: 'text',
  strategy: 'text',
  feedback: 'text',
  sample: 'int',
} as const satisfies Columns;

/** One row a cell; docs/results-schema.md says what each column means. */
export const CELLS = {
  ...IDENTITY,
  verdict: 'text',
  fault: 'text?',
  error_class: 'text',
  grading: 'text',
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
  environment: 'text',
  environment_digest: 'text',
  program_sha256: 'text?',
  code_lines: 'int?',
  code_tokens: 'int?',
  message: 'text?',
  task_sha256: 'text',
  provider: 'text',
  rounds: 'int',
  has_examples: 'flag',
  give_up_after_ms: 'real',
  wall_seconds: 'real',
  final_attempt: 'int?',
  strategy_settings: 'text?',
} as const satisfies Columns;

/** One row an action of a cell: each generation, each run of its program, each look-up that followed. */
export const ATTEMPTS = {
  ...IDENTITY,
  attempt: 'int',
  action: 'text',
  prompt_id: 'text?',
  prompt_sha256: 'text?',
  completion_sha256: 'text?',
  finish_reason: 'text?',
  end_of_run: 'text?',
  error_class: 'text?',
  fault: 'text?',
  error_line: 'int?',
  report_sha256: 'text?',
  worker: 'text',
  device: 'text?',
  program_sha256: 'text?',
  prompt_tokens: 'int?',
  completion_tokens: 'int?',
  cached_tokens: 'int?',
  reasoning_tokens: 'int?',
  cost_usd: 'real?',
  generate_ms: 'real?',
  code_lines: 'int?',
  code_tokens: 'int?',
  check: 'text?',
  verdict: 'text?',
  cases_total: 'int?',
  cases_passed: 'int?',
  asserts: 'int?',
  execute_ms: 'real?',
  cpu_ms: 'real?',
  peak_memory_bytes: 'long?',
  plan: 'text?',
  reason: 'text?',
  base: 'int?',
  temperature: 'real?',
  tool: 'text?',
  query: 'text?',
  entries: 'texts?',
  text_sha256: 'text?',
  index_digest: 'text?',
  retrieve_ms: 'real?',
  request_sha256: 'text?',
  shared: 'flag?',
} as const satisfies Columns;

/** One row a program that was made elsewhere and graded here. */
export const VERDICTS = {
  task_id: 'text',
  sample: 'int',
  line: 'int',
  verdict: 'text',
  fault: 'text?',
  error_class: 'text',
  end_of_run: 'text?',
  cases_total: 'int',
  cases_passed: 'int',
  asserts: 'int',
  execute_ms: 'real',
  cpu_ms: 'real',
  peak_memory_bytes: 'long',
  message: 'text?',
  environment: 'text',
  environment_digest: 'text',
  program_sha256: 'text',
  cached: 'flag',
} as const satisfies Columns;

export type CellRow = Row<typeof CELLS>;
export type AttemptRow = Row<typeof ATTEMPTS>;

/** The kind of a column without its "?". */
export function baseKind(kind: Kind): keyof Values {
  return kind.replace('?', '') as keyof Values;
}

const ARROW_TYPES: Readonly<Record<keyof Values, () => DataType>> = {
  text: () => new Utf8(),
  texts: () => new List(new Field('item', new Utf8(), false)),
  flag: () => new Bool(),
  int: () => new Int32(),
  long: () => new Int64(),
  real: () => new Float64(),
  time: () => new Timestamp(TimeUnit.MILLISECOND, 'UTC'),
};

/** The Arrow schema of a table: types are named here, never guessed from values. */
export function arrowSchema(columns: Columns): Schema {
  const fields = Object.entries(columns).map(
    ([name, kind]) => new Field<DataType>(name, ARROW_TYPES[baseKind(kind)](), kind.endsWith('?')),
  );
  return new Schema(fields, new Map([[VERSION_KEY, String(SCHEMA_VERSION)]]));
}
