import { armsOf } from '../report/arms.js';
import { type Breakdown, breakDown } from '../report/breakdown.js';
import { renderReport } from '../report/render-report.js';
import { summarise } from '../report/summarise.js';
import { openSource } from './sources.js';

/** A sweep's report as a document and as text. */
export async function reportSweep(name: string, home: string): Promise<{ document: object; text: string }> {
  const { manifest, results } = await openSource(name, home);
  const summary = summarise(manifest.sweepId, results);
  const breakdowns = armsOf(name, results).map(breakDown);
  return { document: { ...summary, breakdowns: breakdowns.map(toDocument) }, text: renderReport(summary, breakdowns) };
}

function toDocument({ arm, domains, libraries, failures, repair, noise }: Breakdown) {
  const { suite, model, strategy } = arm;
  const { rounds, lastUseful, tokensPerSolved, secondsPerSolved, remedies, ...counts } = repair;
  return {
    suite,
    model,
    strategy,
    domains: domains.map(({ name, passAt1 }) => ({ name, 'pass@1': passAt1 })),
    libraries: libraries.map(({ name, passAt1 }) => ({ name, 'pass@1': passAt1 })),
    failures: failures.map(({ errorClass, fault, cells }) => ({ error_class: errorClass, fault, cells })),
    noise,
    repair: {
      ...counts,
      rounds: rounds.map(({ solvedSoFar, solvedPerThousandTokens, ...round }) => ({
        ...round,
        solved_so_far: solvedSoFar,
        solved_per_1000_tokens: solvedPerThousandTokens,
      })),
      last_useful_round: lastUseful,
      tokens_per_solved: tokensPerSolved,
      seconds_per_solved: secondsPerSolved,
      remedies: remedies.map(({ errorClass, ...remedy }) => ({ error_class: errorClass, ...remedy })),
    },
  };
}
