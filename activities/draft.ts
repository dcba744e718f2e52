import type { Draft, Problem, ProblemKind } from '../domain/build/build.js';
import type { DocRecord } from '../domain/build/record.js';
import { draftProgram } from '../domain/build/draft-program.js';
import { draftPrompt, type DraftTurn } from '../domain/prompts/draft-task.js';
import { renderTrace } from '../domain/prompts/render-trace.js';
import type { ModelRequest } from '../infra/models/model.js';
import { atPrice, priceOf } from '../infra/models/prices.js';
import { readDraft } from '../infra/build/read-draft.js';
import { reportSchema } from '../infra/parse/report.js';
import { taskSchema } from '../infra/parse/task.js';
import { tryJson } from '../infra/parse/json.js';
import type { StoredAnswer } from '../infra/parse/stored-answer.js';
import { answersIn } from '../infra/store/answers.js';
import type { BlobStore } from '../infra/store/blobs.js';
import { openBuild } from '../infra/store/builds.js';
import type { CommandEnv } from '../infra/tools/run-command.js';
import type { BuildData } from './build-data.js';
import type { DraftInput, DraftTurnRef, ModelActivities } from './contract.js';
import { type AskOnce, askOnce } from './ask-once.js';
import type { GenerateDeps } from './generate.js';
import { modelPatience, withHeartbeat } from './heartbeat.js';

export interface DraftDeps extends Pick<GenerateDeps, 'home' | 'blobs' | 'models' | 'metrics'> {
  readonly builds: BuildData;
  /** For the Python that reads drafts. */
  readonly env: CommandEnv;
}

/** The activity that asks for tasks. */
export function createDraftActivities(deps: DraftDeps): Pick<ModelActivities, 'draft'> {
  const ask = askOnce(deps);
  return {
    draft: (input) => withHeartbeat(modelPatience(input.giveUpAfterMs), (signal) => draft(deps, input, ask, signal)),
  };
}

async function draft(deps: DraftDeps, input: DraftInput, ask: AskOnce, signal: AbortSignal): Promise<Draft> {
  const { home, blobs, builds } = deps;
  const [plan, record] = await Promise.all([builds.plan(input.build), builds.record(input)]);
  const prompt = draftPrompt(record, await readTurns(blobs, input.turns));
  const request: ModelRequest = {
    key: `${input.build}/${record.id}/r${input.round}`,
    messages: prompt.messages,
    seed: plan.model.seed + input.round - 1,
    // Plans of earlier versions don't say what it costs.
    spec: atPrice(plan.model, plan.price === undefined ? priceOf(plan.model, {}) : plan.price),
  };
  const answer = await ask(answersIn(openBuild(home, input.build).folder), request, signal);
  const text = await blobs.get(answer.completionSha256);
  return {
    promptId: prompt.id,
    promptSha256: await blobs.put(JSON.stringify(prompt.messages)),
    completionSha256: answer.completionSha256,
    answeredBy: answer.model,
    finishReason: answer.finishReason,
    promptTokens: answer.promptTokens,
    completionTokens: answer.completionTokens,
    costUsd: answer.costUsd,
    generateMs: answer.ms,
    ...(await readAnswer(deps, answer, text, record, plan.environment)),
  };
}

type Reading = Pick<Draft, 'programSha256' | 'taskSha256' | 'environment' | 'problem'>;

const STOPPED: Partial<Record<StoredAnswer['finishReason'], readonly [ProblemKind, string]>> = {
  length: ['length', 'the answer was cut off at its limit of tokens'],
  refusal: ['refused', 'the model refused'],
  'content-filter': ['content-filter', 'the host withheld the answer'],
};

async function readAnswer(
  { blobs, env }: DraftDeps,
  { finishReason }: StoredAnswer,
  text: string,
  record: DocRecord,
  environment: string,
): Promise<Reading> {
  const stopped = STOPPED[finishReason];
  if (stopped !== undefined) return noTask(null, { kind: stopped[0], evidence: stopped[1] });
  const program = draftProgram(text);
  if (program === null) return noTask(null, { kind: 'no-code', evidence: 'the answer holds no Python function' });
  const programSha256 = await blobs.put(program);
  const made = await readDraft(program, record, { environment, env });
  if (!('taskId' in made)) return noTask(programSha256, made);
  const taskSha256 = await blobs.put(JSON.stringify(made));
  return { programSha256, taskSha256, environment: made.environment, problem: null };
}

function noTask(programSha256: string | null, { kind, evidence }: Pick<Problem, 'kind' | 'evidence'>): Reading {
  return { programSha256, taskSha256: null, environment: null, problem: { kind, evidence, reportSha256: null } };
}

/** The last answer alone is shown again; of the others it counts how many there were. */
function readTurns(blobs: BlobStore, turns: DraftInput['turns']): Promise<DraftTurn[]> {
  return Promise.all(
    turns.map(async (turn, at) => {
      const { completionSha256, problem } = turn;
      if (at < turns.length - 1) return { completion: '', problem, trace: null };
      return { completion: await blobs.get(completionSha256), problem, trace: await traceOf(blobs, turn) };
    }),
  );
}

/** What the run of the reference showed; null where nothing was run. */
async function traceOf(blobs: BlobStore, { taskSha256, problem }: DraftTurnRef): Promise<string | null> {
  if (problem.reportSha256 === null) return null;
  const { report, check } = reportSchema.parse(tryJson(await blobs.get(problem.reportSha256)));
  const program = taskSha256 ? taskSchema.parse(tryJson(await blobs.get(taskSha256))).reference : '';
  return renderTrace(report, program, check);
}
