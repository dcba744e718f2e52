import type { Generation, TurnRef } from '../domain/attempt.js';
import { type Assembly, programOfCompletion } from '../domain/aicodereval-assembly.js';
import type { Candidate } from '../domain/candidate.js';
import { measureCode } from '../domain/code-size.js';
import type { ModelKind, ModelSpec } from '../domain/sweep.js';
import { extractCandidate } from '../domain/extract-candidate.js';
import { extractCompletion } from '../domain/extract-completion.js';
import { renderPrompt } from '../domain/prompts/render-prompt.js';
import type { Turn } from '../domain/prompts/turn.js';
import { toolCall } from '../domain/strategies/tool-call.js';
import type { Task } from '../domain/task.js';
import type { Metrics } from '../infra/metrics/metrics.js';
import type { Model, ModelRequest } from '../infra/models/model.js';
import { reportSchema } from '../infra/parse/report.js';
import { openAnswerStore } from '../infra/store/answers.js';
import type { BlobStore } from '../infra/store/blobs.js';
import { type AskOnce, askOnce } from './ask-once.js';
import type { GenerateInput, ModelActivities } from './contract.js';
import { modelPatience, withHeartbeat } from './heartbeat.js';
import type { SweepData } from './sweep-data.js';

export interface GenerateDeps {
  readonly home: string;
  readonly worker: string;
  readonly blobs: BlobStore;
  readonly data: SweepData;
  readonly models: { get(spec: ModelSpec): Model };
  readonly metrics: Metrics;
}

/** The activities of a model worker. */
export function createModelActivities(deps: GenerateDeps): Pick<ModelActivities, 'generate'> {
  const ask = askOnce(deps);
  return {
    generate: (input) =>
      withHeartbeat(modelPatience(input.cell.giveUpAfterMs), (signal) => generate(deps, input, ask, signal)),
  };
}

async function generate(
  deps: GenerateDeps,
  input: GenerateInput,
  ask: AskOnce,
  signal: AbortSignal,
): Promise<Generation> {
  const { blobs, data, worker } = deps;
  const { cell } = input;
  const { spec, task, request, promptId } = await requestOf(deps, input);
  const answer = await ask(openAnswerStore(deps.home, cell.sweepId), request, signal);
  const { assembly } = (await data.manifest(cell.sweepId)).config;
  const text = await blobs.get(answer.completionSha256);
  const candidate = assemble(task, text, spec.kind, assembly);
  return {
    promptId,
    promptSha256: await blobs.put(JSON.stringify(request.messages)),
    requestSha256: answer.requestSha256,
    completionSha256: answer.completionSha256,
    shared: answer.shared,
    programSha256: candidate === null ? null : await blobs.put(candidate.program),
    finishReason: answer.finishReason,
    promptTokens: answer.promptTokens,
    cachedTokens: answer.cachedTokens,
    completionTokens: answer.completionTokens,
    reasoningTokens: answer.reasoningTokens,
    costUsd: answer.costUsd,
    generateMs: answer.ms,
    codeLines: candidate?.codeLines ?? 0,
    codeTokens: candidate?.codeTokens ?? 0,
    worker,
    tool: (cell.strategy.id === 'react' && candidate === null ? toolCall(text) : null) ?? undefined,
  };
}

/** What the model is asked in this round. */
async function requestOf({ blobs, data }: GenerateDeps, { cell, ...input }: GenerateInput) {
  const [spec, task] = await Promise.all([data.model(cell.sweepId, cell.model), data.task(cell.taskSha256)]);
  const plan = input.plan ?? { action: 'direct', temperature: null };
  const turns = await readTurns(blobs, input.turns);
  const { without, id } = cell.strategy;
  // A conversation begins with what it may do, all others with the task alone.
  const action = id === 'react' ? 'chat' : plan.action;
  const prompt = renderPrompt({ task, plan: { action }, turns, without, kind: spec.kind, form: spec.prompt });
  const request: ModelRequest = {
    key: `${cell.cellId}/a${input.attempt}`,
    messages: prompt.messages,
    // Every sample and every round draws anew, and the same again when the sweep is repeated.
    seed: spec.seed + cell.sample * 1_000 + input.attempt - 1,
    spec: { ...spec, temperature: plan.temperature ?? spec.temperature },
  };
  return { spec, task, request, promptId: prompt.id };
}

function assemble(task: Task, answer: string, kind?: ModelKind, assembly: Assembly = 'parsed'): Candidate | null {
  if (assembly === 'parsed' || task.answer === 'snippet')
    return (kind === 'completion' ? extractCompletion : extractCandidate)(task, answer);
  const program = programOfCompletion(task, answer, assembly);
  return { program, ...measureCode(program.slice((task.authorsPrompt ?? task.prompt).length)) };
}

function readTurns(blobs: BlobStore, turns: readonly TurnRef[]): Promise<Turn[]> {
  return Promise.all(
    turns.map(
      async ({ completionSha256, finishReason = 'stop', reportSha256, programSha256 = null, lookups = [] }) => ({
        completion: await blobs.get(completionSha256),
        finishReason,
        program: programSha256 === null ? null : await blobs.get(programSha256),
        run: reportSha256 === null ? null : reportSchema.parse(JSON.parse(await blobs.get(reportSha256))),
        lookups: await Promise.all(lookups.map((sha256) => blobs.get(sha256))),
      }),
    ),
  );
}
