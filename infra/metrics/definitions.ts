import { RETRY_RULES } from '../../domain/failures.js';
import { VERDICTS } from '../../domain/verdict.js';

/** Kinds of the roles' metrics; the names are Prometheus' own. */
export type Kind = 'counter' | 'gauge' | 'histogram';

/** One metric of ours, or one that Prometheus' own clients have. Names follow Prometheus' conventions: base units, `_total` on counters. */
export interface Definition {
  readonly kind: Kind;
  /** Of which roles' workers; `host` is whatever serves the metrics. */
  readonly roles: readonly string[];
  readonly help: string;
  /** Labels with all of their values where these are known; null where they come from a user's files. */
  readonly labels: Readonly<Record<string, readonly string[] | null>>;
  /** Upper bounds of a histogram's buckets. */
  readonly buckets?: readonly number[];
}

/** Why a fork server was ended. */
export const RETIREMENTS = ['died', 'worn', 'old', 'room', 'closed'] as const;

const WAITS = [0.01, 0.1, 0.5, 1, 5, 15, 60, 300, 1_800];
const RUNS = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];
const SOME = ['sandbox', 'gpu'];

/** All that is counted beside what Temporal's SDK counts by itself. */
export const DEFINITIONS = {
  aicodereval_build_info: {
    kind: 'gauge',
    roles: ['host'],
    help: 'Always 1; the version is its label.',
    labels: { version: null },
  },
  aicodereval_worker_up: {
    kind: 'gauge',
    roles: ['host'],
    help: 'Whether a worker answered this scrape.',
    labels: { role: null },
  },
  aicodereval_worker_starts_total: {
    kind: 'counter',
    roles: ['host'],
    help: 'How often a worker was started: more than 1 says that it ended by itself.',
    labels: { role: null },
  },
  process_resident_memory_bytes: {
    kind: 'gauge',
    roles: ['host'],
    help: 'Memory of a worker’s own process that is in RAM; not of programs and model servers, which are processes of their own.',
    labels: { role: null },
  },
  aicodereval_cells_total: {
    kind: 'counter',
    roles: ['control'],
    help: 'Cells whose row was written.',
    labels: { suite: null, model: null, strategy: null, verdict: VERDICTS },
  },
  aicodereval_cell_errors_total: {
    kind: 'counter',
    roles: ['control'],
    help: 'Cells that did not pass, by what went wrong and whose fault it is.',
    labels: { model: null, error_class: null, fault: null },
  },
  aicodereval_cell_attempts_total: {
    kind: 'counter',
    roles: ['control'],
    help: 'Answers that the cells whose row was written had asked for.',
    labels: { model: null, strategy: null },
  },
  aicodereval_cell_duration_seconds: {
    kind: 'histogram',
    roles: ['control'],
    help: 'Time from a cell’s start to its row.',
    labels: { strategy: null },
    buckets: [0.5, 1, 2.5, 5, 10, 30, 60, 300, 1_800, 7_200],
  },
  aicodereval_model_requests_total: {
    kind: 'counter',
    roles: ['model'],
    help: 'Requests that were sent to models, by how they ended: answer, cancelled, or the fault.',
    labels: { model: null, outcome: null },
  },
  aicodereval_model_requests_in_flight: {
    kind: 'gauge',
    roles: ['model'],
    help: 'Requests that a model is answering.',
    labels: { model: null },
  },
  aicodereval_model_request_duration_seconds: {
    kind: 'histogram',
    roles: ['model'],
    help: 'Time from a request to its whole answer or its fault.',
    labels: { model: null },
    buckets: [0.1, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 900],
  },
  aicodereval_model_wait_seconds: {
    kind: 'histogram',
    roles: ['model'],
    help: 'Time that a request waited for the model’s concurrency and rates.',
    labels: { model: null },
    buckets: WAITS,
  },
  aicodereval_model_tokens_total: {
    kind: 'counter',
    roles: ['model'],
    help: 'Tokens of answered requests; those of the prompt include cached ones, those of the completion the thinking.',
    labels: { model: null, kind: ['prompt', 'completion'] },
  },
  aicodereval_model_cached_tokens_total: {
    kind: 'counter',
    roles: ['model'],
    help: 'Of the prompts’ tokens: those that the host had in its cache.',
    labels: { model: null },
  },
  aicodereval_model_reasoning_tokens_total: {
    kind: 'counter',
    roles: ['model'],
    help: 'Of the completions’ tokens: those of the thinking.',
    labels: { model: null },
  },
  aicodereval_model_request_cost_usd: {
    kind: 'histogram',
    roles: ['model'],
    help: 'US dollars of each answered request whose price is known; the sum is what was spent.',
    labels: { model: null },
    buckets: [0.0001, 0.001, 0.01, 0.1, 1, 10],
  },
  aicodereval_answer_cache_lookups_total: {
    kind: 'counter',
    roles: ['model'],
    help: 'Answers that were looked for before a model was asked: hit, paid for before a crash; shared, asked for by another cell.',
    labels: { result: ['hit', 'shared', 'miss'] },
  },
  aicodereval_sandbox_slots: {
    kind: 'gauge',
    roles: SOME,
    help: 'Programs that may run at the same time.',
    labels: {},
  },
  aicodereval_sandbox_slots_in_use: {
    kind: 'gauge',
    roles: SOME,
    help: 'Programs that are running.',
    labels: {},
  },
  aicodereval_sandbox_waiting: {
    kind: 'gauge',
    roles: SOME,
    help: 'Programs that wait for a slot within the worker.',
    labels: {},
  },
  aicodereval_sandbox_wait_seconds: {
    kind: 'histogram',
    roles: SOME,
    help: 'Time that a program waited for a slot within the worker.',
    labels: {},
    buckets: WAITS,
  },
  aicodereval_programs_total: {
    kind: 'counter',
    roles: SOME,
    help: 'Programs that were run, known ones and references included, by how the run ended.',
    labels: { environment: null, end_of_run: null },
  },
  aicodereval_program_duration_seconds: {
    kind: 'histogram',
    roles: SOME,
    help: 'Clock time of each program.',
    labels: { environment: null },
    buckets: RUNS,
  },
  aicodereval_program_cpu_seconds: {
    kind: 'histogram',
    roles: SOME,
    help: 'Processor time of each program.',
    labels: { environment: null },
    buckets: RUNS,
  },
  aicodereval_fork_servers: {
    kind: 'gauge',
    roles: SOME,
    help: 'Fork servers that are alive.',
    labels: { environment: null },
  },
  aicodereval_fork_server_starts_total: {
    kind: 'counter',
    roles: SOME,
    help: 'Fork servers that were started, or could not be.',
    labels: { environment: null, result: ['started', 'failed'] },
  },
  aicodereval_fork_server_start_duration_seconds: {
    kind: 'histogram',
    roles: SOME,
    help: 'Time that it took to start a fork server, its imports included.',
    labels: { environment: null },
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 60],
  },
  aicodereval_fork_server_recycled_total: {
    kind: 'counter',
    roles: SOME,
    help: 'Fork servers that were ended: it had died, was worn by a program, was old, made room, or the worker ended.',
    labels: { environment: null, reason: RETIREMENTS },
  },
  aicodereval_verdict_cache_lookups_total: {
    kind: 'counter',
    roles: ['sandbox'],
    help: 'Runs that were looked for among known ones by grade, validate and build-dataset.',
    labels: { cache: ['verdicts', 'trials'], result: ['hit', 'miss'] },
  },
  aicodereval_library_lookups_total: {
    kind: 'counter',
    roles: SOME,
    help: 'Look-ups in libraries’ documentation.',
    labels: { result: ['found', 'nothing', 'failed'] },
  },
  aicodereval_gpu_leases: {
    kind: 'gauge',
    roles: ['gpu'],
    help: 'Programs that may have a GPU at the same time: of the GPUs that are well.',
    labels: { device_class: null },
  },
  aicodereval_gpu_leases_held: {
    kind: 'gauge',
    roles: ['gpu'],
    help: 'Programs that have a lease of a GPU.',
    labels: { device_class: null },
  },
  aicodereval_faults_total: {
    kind: 'counter',
    roles: ['control', 'model', ...SOME],
    help: 'Faults of activities, by their kind, and whether the activity is tried again.',
    labels: { activity: null, fault: [...Object.keys(RETRY_RULES), 'other'], retried: ['true', 'false'] },
  },
} as const satisfies Record<string, Definition>;

export type MetricName = keyof typeof DEFINITIONS;
