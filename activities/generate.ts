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
import type { Model, ModelRequest } from '../infra/models/model.js';
import { requestHash } from '../infra/models/replay.js';
import { reportSchema } from '../infra/parse/report.js';
import { type AnswerStore, openAnswerStore } from '../infra/store/answers.js';
import type { StoredAnswer } from '../infra/parse/stored-answer.js';
import type { BlobStore } from '../infra/store/blobs.js';
import type { GenerateInput, ModelActivities } from './contract.js';
import { withHeartbeat } from './heartbeat.js';
import type { SweepData } from './sweep-data.js';

export interface GenerateDeps {
  readonly home: string;
  readonly worker: string;
  readonly blobs: BlobStore;
  readonly data: SweepData;
  readonly models: { get(spec: ModelSpec): Model };
}

/** The activities of a model worker. */
export function createModelActivities(deps: GenerateDeps): Pick<ModelActivities, 'generate'> {
  return { generate: (input) => withHeartbeat((signal) => generate(deps, input, signal)) };
}

async function generate(deps: GenerateDeps, input: GenerateInput, signal: AbortSignal): Promise<Generation> {
  const { blobs, data, worker } = deps;
  const { cell } = input;
  const [spec, task] = await Promise.all([data.model(cell.sweepId, cell.model), data.task(cell.taskSha256)]);
  const plan = input.plan ?? { action: 'direct', temperature: null };
  const turns = await readTurns(blobs, input.turns);
  const { without, id } = cell.strategy;
  // A conversation begins with what it may do, all others with the task alone.
  const action = id === 'react' ? 'chat' : plan.action;
  const prompt = renderPrompt({ task, plan: { action }, turns, without, kind: spec.kind });
  const request: ModelRequest = {
    key: `${cell.cellId}/a${input.attempt}`,
    messages: prompt.messages,
    // Every sample and every round draws anew, and the same again when the sweep is repeated.
    seed: spec.seed + cell.sample * 1_000 + input.attempt - 1,
    spec: { ...spec, temperature: plan.temperature ?? spec.temperature },
  };
  const answer = await answerOnce(deps, openAnswerStore(deps.home, cell.sweepId), request, signal);
  const { assembly } = (await data.manifest(cell.sweepId)).config;
  const text = await blobs.get(answer.completionSha256);
  const candidate = assemble(task, text, spec.kind, assembly);
  return {
    promptId: prompt.id,
    promptSha256: await blobs.put(JSON.stringify(prompt.messages)),
    completionSha256: answer.completionSha256,
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
    tool: (id === 'react' && candidate === null ? toolCall(text) : null) ?? undefined,
  };
}

function assemble(task: Task, answer: string, kind?: ModelKind, assembly: Assembly = 'parsed'): Candidate | null {
  if (assembly === 'parsed' || task.answer === 'snippet')
    return (kind === 'completion' ? extractCompletion : extractCandidate)(task, answer);
  const program = programOfCompletion(task, answer, assembly);
  return { program, ...measureCode(program.slice((task.authorsPrompt ?? task.prompt).length)) };
}

/** The stored answer of an attempt that crashed after it had paid; else asks the model and stores what it says. */
export async function answerOnce(
  { blobs, models }: Pick<GenerateDeps, 'blobs' | 'models'>,
  answers: AnswerStore,
  request: ModelRequest,
  signal: AbortSignal,
): Promise<StoredAnswer> {
  const found = await answers.find(request.key);
  if (found !== null && (await blobs.has(found.completionSha256))) return found;
  const { text, ...facts } = await models.get(request.spec).generate(request, signal);
  const answer = {
    key: request.key,
    requestSha256: requestHash(request),
    completionSha256: await blobs.put(text),
    ...facts,
    storedAt: Date.now(),
  };
  await answers.save(request.key, answer);
  return answer;
}

function readTurns(blobs: BlobStore, turns: readonly TurnRef[]): Promise<Turn[]> {
  return Promise.all(
    turns.map(async ({ completionSha256, reportSha256, programSha256 = null, lookups = [] }) => ({
      completion: await blobs.get(completionSha256),
      program: programSha256 === null ? null : await blobs.get(programSha256),
      run: reportSha256 === null ? null : reportSchema.parse(JSON.parse(await blobs.get(reportSha256))),
      lookups: await Promise.all(lookups.map((sha256) => blobs.get(sha256))),
    })),
  );
}
