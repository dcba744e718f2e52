import type { BuildPlan, ItemStory, Round } from '../domain/build/build.js';
import { NEAR_DUPLICATE } from '../domain/build/resemblance.js';
import { splitSections } from '../domain/aicodereval-sections.js';
import { sum, sumKnown } from '../domain/metrics.js';

/** What was done for one record, step by step; hashes name texts of the home's store. */
export function provenance(story: ItemStory, plan: BuildPlan): object {
  const { record, rounds, accepted, problem, nearest } = story;
  return {
    outcome: accepted ? 'accepted' : 'dropped',
    why: problem === null ? null : { kind: problem.kind, evidence: problem.evidence },
    model: plan.model.label,
    answered_by: [...new Set(rounds.map(({ draft }) => draft.answeredBy))],
    steps: [
      documentation(record),
      ...rounds.flatMap(stepsOf),
      ...(problem === null || nearest !== null ? [compared(nearest)] : []),
    ],
  };
}

function documentation({ name, library, version, source }: ItemStory['record']): object {
  return { step: 'documentation', name, library, version, source };
}

/** Null where no other task has anything in common with it. */
function compared(nearest: ItemStory['nearest']): object {
  return { step: 'compare', nearest, threshold: NEAR_DUPLICATE };
}

function stepsOf({ round, draft, tried }: Round): object[] {
  const steps: object[] = [
    {
      step: round === 1 ? 'draft' : 'correct',
      round,
      answered_by: draft.answeredBy,
      prompt_id: draft.promptId,
      prompt_sha256: draft.promptSha256,
      completion_sha256: draft.completionSha256,
      finish_reason: draft.finishReason,
      prompt_tokens: draft.promptTokens,
      completion_tokens: draft.completionTokens,
      cost_usd: draft.costUsd,
      problem: draft.problem === null ? null : { kind: draft.problem.kind, evidence: draft.problem.evidence },
    },
  ];
  if (tried === null) return steps;
  const { validation, problem } = tried;
  steps.push({
    step: 'watch',
    round,
    problem: problem === null ? null : { kind: problem.kind, evidence: problem.evidence },
  });
  if (validation === null) return steps;
  const { status, evidence, cases, asserts, mutants, killed, conditions } = validation;
  steps.push({ step: 'validate', round, status, evidence, cases, asserts, mutants, killed, conditions });
  return steps;
}

/** The program of an accepted story, as its task's line holds it. */
export function taskLine(story: ItemStory, program: string, plan: BuildPlan): string {
  const { sections } = splitSections(program);
  const { id, domain, library, name } = story.record;
  const line = {
    task_id: id,
    ...(domain === null ? {} : { domain }),
    library,
    api_name: name,
    content: program,
    ...Object.fromEntries([...sections].map(([section, { text }]) => [section, text])),
    provenance: provenance(story, plan),
  };
  return `${JSON.stringify(line)}\n`;
}

/** What a build came to, as a document. */
export interface BuildSummary {
  readonly build: string;
  readonly records: number;
  readonly accepted: number;
  readonly dropped: number;
  /** Records by why they were dropped. */
  readonly why: Readonly<Record<string, number>>;
  /** Of the accepted: those that needed a correction. */
  readonly corrected: number;
  readonly prompt_tokens: number;
  readonly completion_tokens: number;
  /** Null if nobody knows the price of one of the answers. */
  readonly cost_usd: number | null;
}

export function summariseBuild(plan: BuildPlan, stories: readonly ItemStory[]): BuildSummary {
  const accepted = stories.filter((story) => story.accepted);
  const why: Record<string, number> = {};
  for (const { problem } of stories) if (problem !== null) why[problem.kind] = (why[problem.kind] ?? 0) + 1;
  const drafts = stories.flatMap(({ rounds }) => rounds.map(({ draft }) => draft));
  return {
    build: plan.name,
    records: stories.length,
    accepted: accepted.length,
    dropped: stories.length - accepted.length,
    why,
    corrected: accepted.filter(({ rounds }) => rounds.length > 1).length,
    prompt_tokens: sum(drafts.map(({ promptTokens }) => promptTokens)),
    completion_tokens: sum(drafts.map(({ completionTokens }) => completionTokens)),
    cost_usd: sumKnown(drafts.map(({ costUsd }) => costUsd)),
  };
}

/** The same for people. */
export function renderBuild({ records, accepted, corrected, dropped, why, ...used }: BuildSummary): string {
  const reasons = Object.entries(why).map(([kind, count]) => `${kind} ${count}`);
  return [
    `${accepted} tasks of ${records} records (${corrected} after a correction)`,
    ...(dropped === 0 ? [] : [`${dropped} dropped: ${reasons.join(', ')}`]),
    `${used.prompt_tokens + used.completion_tokens} tokens${costOf(used.cost_usd)}`,
  ].join('\n');
}

/** Nothing for what was free. */
function costOf(usd: number | null): string {
  if (usd === null) return ', whose price is not known';
  return usd > 0 ? `, ${usd.toFixed(4)} USD` : '';
}
