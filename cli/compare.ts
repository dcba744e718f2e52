import { armsOf, type Arm, type Contest, contestsBetween, contestsWithin, type Dimension } from '../report/arms.js';
import { compare } from '../report/compare.js';
import { comparisonDocument } from '../report/comparison-document.js';
import { renderComparison } from '../report/render-comparison.js';
import { strategyLabel } from '../report/table.js';
import { soFar } from '../report/text.js';
import { labelOf } from '../domain/strategies/strategy.js';
import { UserError } from '../infra/errors.js';
import { isAlive } from '../infra/fs.js';
import type { Manifest } from '../infra/parse/manifest.js';
import { configDifferences } from '../infra/store/config-differences.js';
import { readHostFile } from '../workers/host.js';
import { limitedSuites, openSource, type Source } from './sources.js';

/** What `compare` is asked for. */
export interface CompareOptions {
  readonly sweeps: readonly string[];
  readonly home: string;
  /** Compares the arms of one sweep; null compares sweeps. */
  readonly by: Dimension | null;
  readonly baseline: string | null;
  readonly flips: number | null;
}

/** The comparison as a document and as text. Throws UserError (exit 2) where there is nothing to compare. */
export async function compareSweeps(options: CompareOptions): Promise<{ document: object; text: string }> {
  const sources: Source[] = [];
  for (const name of options.sweeps) sources.push(await openSource(name, options.home));
  const contests = contestsOf(sources, options);
  const manifests = new Map(sources.map(({ name, manifest }) => [name, manifest]));
  const host = await readHostFile(sources[0]?.home ?? options.home);
  const context = {
    warnings: [
      ...new Set([
        ...underway(sources),
        ...unmatched(sources, contests),
        ...contests.flatMap((one) => setupWarnings(one, manifests)),
      ]),
    ],
    uiUrl: host === null ? null : `http://127.0.0.1:${host.ui}`,
    isUp: host !== null && isAlive(host.pid),
    flips: options.flips,
    limited: sources.flatMap(({ manifest }) => limitedSuites(manifest)),
  };
  const results = compare(contests);
  return { document: comparisonDocument(results, context), text: renderComparison(results, context) };
}

function contestsOf(sources: readonly Source[], { by, baseline }: CompareOptions): Contest[] {
  const [first = [], ...others] = sources.map(({ name, results }) => armsOf(name, results));
  const contests = (by === null ? contestsBetween(first, others) : contestsWithin(first, by, baseline)).filter(
    ({ rivals }) => rivals.length > 0,
  );
  if (contests.length > 0) return contests;
  const names = (arms: readonly Arm[]): string =>
    arms.map(({ suite, model, strategy }) => `${suite}, ${model}, ${strategy}`).join('; ');
  throw new UserError('There is nothing to compare.', {
    hint:
      by === null
        ? `The sweeps have no suite in common, or none says which goes with which: ${names([first, ...others].flat())}.`
        : `The sweep has: ${names(first)}.`,
    exitCode: 2,
  });
}

function underway(sources: readonly Source[]): string[] {
  return sources.flatMap(({ name, manifest, results }) => {
    const partial = soFar(results.length, manifest.cells);
    return partial === null ? [] : [`${name}: ${partial}`];
  });
}

function unmatched(sources: readonly Source[], contests: readonly Contest[]): string[] {
  const compared = new Set(
    contests.flatMap(({ baseline, rivals }) => [baseline, ...rivals]).map((arm) => arm.results[0]),
  );
  return sources.flatMap(({ name, results }) =>
    armsOf(name, results)
      .filter(({ results: [first] }) => !compared.has(first))
      .map(({ suite, model, strategy }) => `${name}: nothing to compare ${suite}, ${model}, ${strategy} with.`),
  );
}

/** What differs between arms beside what is compared. */
function setupWarnings({ baseline, rivals }: Contest, manifests: ReadonlyMap<string, Manifest>): string[] {
  return rivals.flatMap((rival) => {
    const [isModel, isStrategy] = [rival.model !== baseline.model, rival.strategy !== baseline.strategy];
    const both = `${rival.suite}: model and strategy both differ between ${baseline.sweep} and ${rival.sweep}; the difference is of both.`;
    const [left, right] = [baseline, rival].map((arm) => setupOf(arm, manifests.get(arm.sweep)));
    const own = isModel ? ownOfModels(left?.model?.id !== right?.model?.id) : null;
    const differing = configDifferences(left, right).filter(
      (line) => own?.test(line) !== true && !(isStrategy && line.startsWith('strategy.')),
    );
    return [
      ...(isModel && isStrategy ? [both] : []),
      ...differing.map((line) => `${baseline.sweep} and ${rival.sweep} differ in ${line}`),
    ];
  });
}

/** Of two models only these are what is compared; one model under two labels is compared with itself, set another way. */
function ownOfModels(isOtherModel: boolean): RegExp {
  return isOtherModel ? /^model\.(?:id|base_url)\b/ : /^model\./;
}

/** Everything that decides an arm's results, without what only says how fast they come. */
function setupOf({ model, strategy }: Arm, manifest: Manifest | undefined) {
  const config = manifest?.config;
  const spec = config?.models.find(({ label }) => label === model);
  const ways = config?.strategies.filter((one) => strategyLabel({ ...one, strategy: labelOf(one) }) === strategy);
  return {
    model:
      spec === undefined
        ? null
        : {
            id: spec.id,
            kind: spec.kind ?? 'chat',
            prompt: spec.prompt ?? 'prose',
            temperature: spec.temperature,
            top_p: spec.topP,
            max_tokens: spec.maxTokens,
            seed: spec.seed,
            stop: spec.stop,
            base_url: spec.baseUrl,
          },
    strategy: ways?.[0] ?? null,
    samples: config?.samples,
    sandbox: config?.sandbox,
    assembly: config?.assembly ?? 'parsed',
    version: manifest?.versions['aicodereval'],
  };
}
