import { foldCells } from '../infra/arrow/fold-cells.js';
import { SweepTally } from '../report/arm-tally.js';
import { byName } from '../report/arms.js';
import { type Breakdown, breakdownOf } from '../report/breakdown.js';
import { renderReport } from '../report/render-report.js';
import { summaryOf } from '../report/summarise.js';
import { soFar } from '../report/text.js';
import { findSource, nothingFinished } from './sources.js';

/** A sweep's report as a document and as text. */
export async function reportSweep(name: string, home: string): Promise<{ document: object; text: string }> {
  const place = await findSource(name, home);
  const { manifest } = place;
  const tally = await foldCells(place.home, manifest.sweepId, () => new SweepTally());
  const arms = tally.arms();
  if (arms.length === 0) throw nothingFinished(name, manifest);
  const summary = summaryOf(manifest.sweepId, tally);
  const breakdowns = arms.map((arm) => breakdownOf(name, arm)).toSorted((a, b) => byName(a.arm, b.arm));
  const finished = summary.groups.reduce((sum, { cells }) => sum + cells, 0);
  const partial = soFar(finished, manifest.cells);
  const text = `${partial === null ? '' : `${partial}\n\n`}${renderReport(summary, breakdowns)}`;
  return { document: { ...summary, planned_cells: manifest.cells, breakdowns: breakdowns.map(toDocument) }, text };
}

function toDocument({ arm, domains, libraries, failures, repair, noise }: Breakdown) {
  const { suite, model, strategy } = arm;
  const { rounds, remedies, transitions, followed, repaired, broke, lookups } = repair;
  return {
    suite,
    model,
    strategy,
    domains: domains.map(({ name, passAt1 }) => ({ name, 'pass@1': passAt1 })),
    libraries: libraries.map(({ name, passAt1 }) => ({ name, 'pass@1': passAt1 })),
    failures: failures.map(({ errorClass, fault, cells }) => ({ error_class: errorClass, fault, cells })),
    noise,
    repair: {
      rounds: rounds.map(({ solvedSoFar, solvedPerThousandTokens, ...round }) => ({
        ...round,
        solved_so_far: solvedSoFar,
        solved_per_1000_tokens: solvedPerThousandTokens,
      })),
      transitions,
      followed,
      repaired,
      broke,
      lookups,
      last_useful_round: repair.lastUseful,
      tokens_per_solved: repair.tokensPerSolved,
      seconds_per_solved: repair.secondsPerSolved,
      tokens_per_extra_round: repair.tokensPerExtraRound,
      seconds_per_extra_round: repair.secondsPerExtraRound,
      remedies: remedies.map(({ errorClass, ...remedy }) => ({ error_class: errorClass, ...remedy })),
    },
  };
}
