import { ActivityFailure, isCancellation, patched, setCurrentDetails } from '@temporalio/workflow';
import {
  type BuiltItem,
  concludeItem,
  isRepeated,
  type Problem,
  problemOf,
  type Round,
} from '../domain/build/build.js';
import type { BuildItemInput } from '../activities/contract.js';
import { draft, keepItem, tryDraft } from './steps.js';

export interface BuildItem extends BuildItemInput {
  /** Answers at most. */
  readonly rounds: number;
  /** The part of the model's id before the colon. */
  readonly provider: string;
  readonly giveUpAfterMs: number;
  readonly wallSeconds: number;
}

/** One record: a draft, tried and corrected until it is a usable task or the rounds are over. What was made of it is kept. */
export async function buildItemWorkflow(input: BuildItem): Promise<void> {
  const rounds: Round[] = [];
  let item: BuiltItem;
  try {
    await makeTask(input, rounds);
    item = concludeItem(input.item, rounds);
  } catch (error) {
    if (isCancellation(error)) throw error;
    item = { item: input.item, rounds, problem: unjudged(error) };
  }
  await keepItem(input.build, item);
  const { problem } = item;
  setCurrentDetails(problem === null ? 'usable' : `dropped: **${problem.kind}**: ${problem.evidence}`.slice(0, 1_000));
}

async function makeTask(input: BuildItem, rounds: Round[]): Promise<void> {
  const { build, recordsSha256, item, provider, giveUpAfterMs } = input;
  while (rounds.length < input.rounds && !isRepeated(rounds)) {
    const round = rounds.length + 1;
    const turns = rounds.flatMap((each) => {
      const problem = problemOf(each);
      const { completionSha256, taskSha256 } = each.draft;
      return problem === null ? [] : [{ completionSha256, taskSha256, problem }];
    });
    const made = await draft({ build, recordsSha256, item, round, giveUpAfterMs, turns }, provider);
    // On record before it is tried: what was paid for is kept also where the sandbox fails.
    rounds.push({ round, draft: made, tried: null });
    const { taskSha256, environment } = made;
    if (taskSha256 === null || environment === null) continue;
    const tried = await tryDraft({ build, recordsSha256, item, round, taskSha256 }, environment, input.wallSeconds);
    rounds[rounds.length - 1] = { round, draft: made, tried };
    const problem = problemOf({ draft: made, tried });
    // Where the sandbox could not tell, there is nothing for the model to correct; histories of older versions asked for it.
    if (problem === null || (problem.kind === 'unjudged' && patched('unjudged-ends'))) return;
  }
}

function unjudged(error: unknown): Problem {
  const cause = error instanceof ActivityFailure ? error.cause : error;
  const evidence = (cause instanceof Error ? cause.message : String(cause)).slice(0, 500);
  return { kind: 'unjudged', evidence, reportSha256: null };
}
