import { log } from '@temporalio/activity';
import type { Lookup } from '../domain/attempt.js';
import type { Backend } from '../domain/sweep.js';
import type { Environment } from '../infra/environments/environment.js';
import type { EnvironmentKeys } from '../infra/environments/environment-keys.js';
import type { Knowledge } from '../infra/knowledge/knowledge.js';
import { type Question, questionIn, questionOf } from '../infra/knowledge/question.js';
import type { Metrics } from '../infra/metrics/metrics.js';
import { reportSchema } from '../infra/parse/report.js';
import { tryJson } from '../infra/parse/json.js';
import type { SandboxSource } from '../infra/sandbox/sandbox.js';
import type { BlobStore } from '../infra/store/blobs.js';
import type { RetrieveInput } from './contract.js';
import type { SweepData } from './sweep-data.js';

export interface RetrieveDeps {
  readonly home: string;
  readonly blobs: BlobStore;
  readonly data: SweepData;
  readonly sandboxes: SandboxSource;
  readonly environments: readonly Environment[];
  /** What the programs of environments run in on this worker. */
  readonly keys: (backend: Backend) => Promise<EnvironmentKeys>;
  readonly knowledge: Knowledge;
  readonly metrics: Metrics;
}

/**
 * Looks up what an error or a question is about, in the libraries of the cell's environment. An error that names nothing of a
 * library, at a line that calls nothing, has no answer there: its words alone find what only sounds alike. A look-up that fails is logged
 * and finds nothing: a cell must not go without its verdict for it. Throws the signal's reason when it is aborted.
 */
export async function retrieve(deps: RetrieveDeps, input: RetrieveInput, signal: AbortSignal): Promise<Lookup> {
  const { blobs, metrics } = deps;
  const began = performance.now();
  let query = input.query ?? '';
  try {
    const question = await questionFor(blobs, input);
    query = question?.text ?? query;
    const isAsked = input.query !== null || (question?.wanted.length ?? 0) > 0;
    const answer = question === null || !isAsked ? null : await ask(deps, input, question, signal);
    const entries = answer?.entries.map(({ name }) => name) ?? [];
    const textSha256 = await blobs.put(answer?.text ?? '');
    metrics.count('aicodereval_library_lookups_total', { result: entries.length > 0 ? 'found' : 'nothing' });
    return { query, entries, textSha256, indexDigest: answer?.indexDigest ?? '', ms: since(began) };
  } catch (error) {
    signal.throwIfAborted();
    metrics.count('aicodereval_library_lookups_total', { result: 'failed' });
    log.warn('A look-up failed; the cell goes on without it', { error });
    return { query, entries: [], textSha256: await blobs.put(''), indexDigest: '', ms: since(began) };
  }
}

function since(began: number): number {
  return Math.round(performance.now() - began);
}

/** Null where nothing was raised that could be looked up. */
async function questionFor(blobs: BlobStore, input: RetrieveInput): Promise<Question | null> {
  const { query, programSha256, reportSha256 } = input;
  const program = programSha256 === null ? '' : await blobs.get(programSha256);
  if (query !== null) return questionIn(query, program);
  if (reportSha256 === null) return null;
  const { exception } = reportSchema.parse(tryJson(await blobs.get(reportSha256))).report;
  return exception === null ? null : questionOf(exception, program);
}

async function ask(deps: RetrieveDeps, { cell }: RetrieveInput, question: Question, signal: AbortSignal) {
  const { home, blobs, sandboxes, environments, knowledge } = deps;
  const { environment: name, environmentDigest: digest } = cell;
  const environment = environments.find((each) => each.name === name);
  if (environment === undefined) return null;
  const { backend } = (await deps.data.manifest(cell.sweepId)).config.sandbox;
  const { interpreter } = (await deps.keys(backend))(name);
  const sandbox = () => sandboxes.get({ environment: name, digest, backend });
  return knowledge.lookUp(environment, question, { home, blobs, interpreter, sandbox }, signal);
}
