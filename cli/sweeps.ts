import { release } from 'node:os';
import { activityQueues } from '../domain/queues.js';
import { providerOf, type SweepConfig } from '../domain/sweep.js';
import { foldCells } from '../infra/arrow/fold-cells.js';
import { UserError } from '../infra/errors.js';
import { priceOf, readPrices } from '../infra/models/prices.js';
import { checkModel } from '../infra/models/registry.js';
import { packageVersion } from '../infra/package-path.js';
import { MANIFEST_FORMAT, type Manifest } from '../infra/parse/manifest.js';
import { readReplayFile } from '../infra/parse/replay-file.js';
import { configDifferences } from '../infra/store/config-differences.js';
import { configHash, findManifest, readPlan, writeSweep } from '../infra/store/manifest.js';
import { SweepTally } from '../report/arm-tally.js';
import { planCells, type PlanContext } from './plan.js';

/** The manifest of a sweep, written now unless it stands. Another content under the same name is refused (exit 2). */
export async function submit(sweep: SweepConfig, context: PlanContext): Promise<Manifest> {
  const { home } = context.config;
  const wanted = configHash(sweep);
  const standing = (await findManifest(home, sweep.name)) ?? (await write(sweep, wanted, context));
  if (standing.configSha256 === wanted) return standing;
  const differences = configDifferences(standing.config, sweep).slice(0, 10).join('\n  ');
  throw new UserError(`There is a sweep "${sweep.name}" with another content:\n  ${differences}`, {
    hint: 'Give this one another name (field "name", or --name), or undo the change to go on with that one.',
    exitCode: 2,
  });
}

async function write(sweep: SweepConfig, configSha256: string, context: PlanContext): Promise<Manifest> {
  const { config } = context;
  for (const model of sweep.models) {
    const problem = checkModel(model, config.env);
    if (problem !== null) throw problem;
    // A broken line is told now, not by each cell that misses its answer.
    if (providerOf(model.id) === 'replay') await readReplayFile(model.id.slice('replay:'.length));
  }
  const { cells, validations } = await planCells(sweep, context);
  const versions = {
    aicodereval: packageVersion(),
    node: process.versions.node,
    os: `${process.platform} ${release()}`,
  };
  const table = await readPrices(config.home);
  const prices = Object.fromEntries(sweep.models.map((model) => [model.label, priceOf(model, table)]));
  const manifest = {
    format: MANIFEST_FORMAT,
    sweepId: sweep.name,
    config: sweep,
    prices,
    configSha256,
    versions,
  } as const;
  const environments = [...new Set(cells.map(({ environment }) => environment))];
  return writeSweep(
    config.home,
    { ...manifest, createdAt: Date.now(), environments, validations, cells: cells.length },
    cells,
  );
}

/** One sentence for each model of a sweep that nobody knows the price of. */
export function priceWarnings({ prices, config }: Manifest): string[] {
  const labels = Object.entries(prices ?? {}).flatMap(([label, price]) => (price === null ? [label] : []));
  const limit = config.limits.costUsd === null ? '' : ', and the limit on cost does not see it';
  return labels.map(
    (label) =>
      `No price is known for ${label}: unless its host says what it takes, its cost stays unknown${limit}. ` +
      `Set its price in the sweep file, or for all sweeps in prices.yaml of the home folder.`,
  );
}

/** The task queues that activities of a sweep's cells go to. */
export async function queuesOf(home: string, sweepId: string): Promise<string[]> {
  return activityQueues(await readPlan(home, sweepId, 0, Number.POSITIVE_INFINITY));
}

/** What the store has, counted. */
export function recorded(home: string, sweepId: string): Promise<SweepTally> {
  return foldCells(home, sweepId, () => new SweepTally());
}
