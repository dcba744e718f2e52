import type { CellResult } from '../../domain/cell.js';
import { finalAttempt, sum, usage } from '../../domain/metrics.js';
import { labelOf } from '../../domain/strategies/strategy.js';
import { packageVersion } from '../package-path.js';
import type { BlobStore } from '../store/blobs.js';
import { sha256 } from '../store/digest.js';
import { bySample, greatest, type LayoutArm, type LayoutFile } from './layout.js';

/** Version of Inspect's log format. */
const LOG_VERSION = 2;
const SCORER = 'verdict';

/**
 * An eval log as Inspect writes it (JSON, all samples in the one file): a task is a sample, a sample an epoch. The output
 * is the answer whose program was handed in, or the last where none was. The score is "C" for a verified pass, else "I";
 * the verdict and its class are the score's metadata. A cell that could not be judged is a sample with an error and
 * without a score.
 */
export function inspectFiles({ name, results }: LayoutArm, blobs: BlobStore): LayoutFile[] {
  const [first] = results;
  if (first === undefined) return [];
  const log = {
    version: LOG_VERSION,
    status: 'success',
    eval: specOf(first, results),
    plan: { name: 'plan', steps: [{ solver: labelOf(first.cell.strategy), params: first.cell.strategy }], config: {} },
    results: resultsOf(results),
    stats: {
      started_at: iso(startOf(results)),
      completed_at: iso(greatest(results.map(({ finishedAt }) => finishedAt))),
      model_usage: { [first.cell.model]: tokensOf(results) },
    },
  };
  return [{ name: `${name}.json`, texts: logText(log, bySample(results), blobs) }];
}

/** `JSON.stringify({ ...log, samples }, null, 2)`, sample by sample. */
async function* logText(log: object, results: readonly CellResult[], blobs: BlobStore): AsyncGenerator<string> {
  yield `${JSON.stringify(log, null, 2).slice(0, -'\n}'.length)},\n  "samples": [`;
  let before = '';
  for (const result of results) {
    const sample = JSON.stringify(await sampleOf(result, blobs), null, 2);
    yield `${before}\n    ${sample.replaceAll('\n', '\n    ')}`;
    before = ',';
  }
  yield '\n  ]\n}\n';
}

function specOf({ cell }: CellResult, results: readonly CellResult[]) {
  const tasks = [...new Set(results.map(({ cell: { taskId } }) => taskId))].sort();
  const id = sha256(JSON.stringify([cell.sweepId, cell.suite, cell.model, cell.strategy])).slice(0, 22);
  return {
    eval_id: id,
    run_id: cell.sweepId,
    created: iso(startOf(results)),
    task: cell.suite,
    task_id: `${cell.sweepId}/${cell.suite}`,
    task_version: 0,
    solver: labelOf(cell.strategy),
    dataset: { name: cell.suite, samples: tasks.length, sample_ids: tasks, shuffled: false },
    model: cell.model,
    config: { epochs: greatest(results.map(({ cell: { sample } }) => sample + 1)) },
    packages: { aicodereval: packageVersion() },
    metadata: { sweep: cell.sweepId, feedback: cell.strategy.feedback, rounds: cell.strategy.rounds },
  };
}

function resultsOf(results: readonly CellResult[]) {
  const judged = results.filter(({ verdict }) => verdict !== 'unscored');
  const passed = judged.filter(({ verdict }) => verdict === 'pass').length;
  const accuracy = { name: 'accuracy', value: judged.length === 0 ? 0 : passed / judged.length, params: {} };
  const counts = { scored_samples: judged.length, unscored_samples: results.length - judged.length };
  return {
    total_samples: results.length,
    completed_samples: judged.length,
    scores: [{ name: SCORER, scorer: SCORER, ...counts, params: {}, metrics: { accuracy } }],
  };
}

async function sampleOf(result: CellResult, blobs: BlobStore): Promise<object> {
  const { cell, verdict, attempts, startedAt, finishedAt } = result;
  const shown = finalAttempt(result) ?? attempts.at(-1) ?? null;
  const text = (hash: string | null | undefined): Promise<string> => (hash ? blobs.get(hash) : Promise.resolve(''));
  const prompt = shown === null ? '' : (JSON.parse(await text(attempts[0]?.generation.promptSha256)) as unknown);
  const seconds = (finishedAt - startedAt) / 1_000;
  return {
    id: cell.taskId,
    epoch: cell.sample + 1,
    input: prompt,
    target: '',
    messages: [],
    output: shown === null ? { model: cell.model, choices: [] } : await outputOf(result, shown.generation, text),
    scores: verdict === 'unscored' ? null : { [SCORER]: await scoreOf(result, text) },
    metadata: { cell_id: cell.cellId, domain: cell.domain, libraries: cell.libraries, attempts: attempts.length },
    model_usage: { [cell.model]: tokensOf([result]) },
    started_at: iso(startedAt),
    completed_at: iso(finishedAt),
    total_time: seconds,
    ...(verdict === 'unscored' ? { error: errorOf(result) } : {}),
  };
}

type Text = (hash: string | null | undefined) => Promise<string>;
type Generation = CellResult['attempts'][number]['generation'];

async function outputOf({ cell }: CellResult, { completionSha256, finishReason, generateMs }: Generation, text: Text) {
  const content = await text(completionSha256);
  const stop = { stop: 'stop', length: 'max_tokens', refusal: 'content_filter', 'content-filter': 'content_filter' };
  const stop_reason = (stop as Readonly<Record<string, string>>)[finishReason] ?? 'unknown';
  const message = { role: 'assistant', content, source: 'generate', model: cell.model };
  return { model: cell.model, choices: [{ message, stop_reason }], completion: content, time: generateMs / 1_000 };
}

async function scoreOf(result: CellResult, text: Text) {
  const { verdict, fault, errorClass, cell } = result;
  const metadata = { verdict, fault, error_class: errorClass, grading: cell.grading };
  const answer = await text(finalAttempt(result)?.generation.programSha256);
  return { value: verdict === 'pass' ? 'C' : 'I', answer, explanation: `${verdict}: ${errorClass}`, metadata };
}

function errorOf({ errorClass, message }: CellResult) {
  const text = `${errorClass}: ${message ?? 'not judged'}`;
  return { message: text, traceback: text, traceback_ansi: text };
}

function tokensOf(results: readonly CellResult[]) {
  const used = results.map(({ attempts }) => usage(attempts));
  const [input, output] = [sum(used.map((one) => one.promptTokens)), sum(used.map((one) => one.completionTokens))];
  return { input_tokens: input, output_tokens: output, total_tokens: input + output };
}

function startOf(results: readonly CellResult[]): number {
  return results.reduce((first, { startedAt }) => Math.min(first, startedAt), Number.POSITIVE_INFINITY);
}

function iso(at: number): string {
  return new Date(at).toISOString().replace('Z', '+00:00');
}
