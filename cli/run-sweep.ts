import { done } from '../domain/progress.js';
import { providerOf, type SweepConfig } from '../domain/sweep.js';
import type { Retried } from '../domain/verdict.js';
import type { Config } from '../infra/config.js';
import { prepareEmbedded } from '../infra/models/embedded.js';
import type { MetricsAddress } from '../infra/metrics/endpoint.js';
import { isEmbedded } from '../infra/models/weights-pins.js';
import type { Manifest } from '../infra/parse/manifest.js';
import { lastAnswerAt } from '../infra/store/answers.js';
import { sweepFolder } from '../infra/store/paths.js';
import { writeSummary } from '../infra/store/summary-file.js';
import { type Summary, summaryOf } from '../report/summarise.js';
import { renderTable } from '../report/table.js';
import type { sweepWorkflow } from '../workflows/sweep.js';
import type { CommandContext } from './context.js';
import { demandGpu } from './demand-gpu.js';
import { type Ending, follow, type Look } from './follow.js';
import { Interrupt } from './interrupt.js';
import { neighbourLines } from './neighbours.js';
import { Pace } from './pace.js';
import { PauseWatch } from './paused.js';
import { PollerWatch } from './poller-watch.js';
import { prepareMachine } from './prepare.js';
import {
  askProgress,
  type LiveProgress,
  orNull,
  progressLine,
  ProgressPrinter,
  type Quiet,
  QUIET_MS,
} from './progress.js';
import { openSession, type Session } from './session.js';
import { demandSweep } from './sources.js';
import { demandUp } from './standing.js';
import { startSweep } from './start-sweep.js';
import { priceWarnings, queuesOf, recorded, submit } from './sweeps.js';
import { validationWarnings } from './validated.js';
import { ALL_APART } from '../workers/roles.js';

export interface RunOptions {
  readonly detach: boolean;
  /** After the sweep, stay until Ctrl-C so that the UI can be looked at. */
  readonly linger: boolean;
  /** Where this command serves metrics, should it host the home; null for nowhere. */
  readonly metrics: MetricsAddress | null;
}

/** Starts or continues a sweep, shows it to its end, prints its table. Returns the exit code. */
export async function runSweep(sweep: SweepConfig, context: CommandContext, options: RunOptions): Promise<number> {
  await demandPlace(sweep, context, options);
  return runPlanned(await submit(sweep, context), context, options);
}

/** Runs the cells of a sweep again that have this verdict, like `runSweep`. */
export async function retrySweep(
  sweepId: string,
  retry: Retried,
  context: CommandContext,
  options: RunOptions,
): Promise<number> {
  const manifest = await demandSweep(sweepId, context.config.home);
  await demandPlace(manifest.config, context, options);
  return runPlanned(manifest, context, { ...options, retry });
}

/** Without a cluster: what must be there before anything of the sweep is written. */
async function demandPlace(
  { sandbox }: SweepConfig,
  { config }: CommandContext,
  { detach }: RunOptions,
): Promise<void> {
  if (config.cluster !== null) return;
  if (detach) await demandUp(config.home);
  await demandGpu(sandbox.gpu, config);
}

async function runPlanned(
  manifest: Manifest,
  context: CommandContext,
  { retry, ...options }: RunOptions & { readonly retry?: Retried },
): Promise<number> {
  const { config, say, log } = context;
  const { sweepId } = manifest;
  for (const warning of [...validationWarnings(manifest.validations), ...priceWarnings(manifest)]) say(warning);
  if (config.cluster === null) await prepare(manifest, context);
  const interrupt = new Interrupt();
  const session = await openSession({ config, log, crews: ALL_APART, metrics: options.metrics });
  try {
    if (options.metrics !== null) say(metricsLine(session));
    if (session.uiUrl !== null)
      say(`Temporal UI: ${session.uiUrl}/namespaces/default/workflows?query=CgSweep%3D%22${sweepId}%22`);
    const isUnderWay = await session.ask((client) => startSweep(client, manifest, { home: config.home, retry }));
    if (options.detach && isUnderWay) {
      say(`The sweep ${sweepId} is under way; "aicodereval status ${sweepId}" shows it.`);
      return 0;
    }
    if (!isUnderWay && retry !== undefined) say(`No cell of ${sweepId} is ${retry}: there is nothing to try again.`);
    // Not before this sweep's workers answer: till then nobody could say whether another one is paused.
    const greet = async (): Promise<void> => {
      if (config.cluster === null) for (const line of await neighbourLines(session.client, sweepId)) say(line);
    };
    const watch = new PollerWatch(await queuesOf(config.home, sweepId), config, say);
    const ending = isUnderWay ? await show(session, manifest, { context, watch, interrupt, greet }) : 'done';
    if (ending === 'interrupted') {
      say(
        `\nInterrupted; nothing that was finished is lost. Go on with the same command. (Press Ctrl-C again to end at once.)`,
      );
      return 130;
    }
    printResult(await summaryOfStore(config.home, sweepId), context, session);
    if (options.linger) await linger(context, interrupt);
    return ending === 'done' ? 0 : 1;
  } finally {
    await session.close();
    interrupt.dispose();
  }
}

/** Where to scrape, or why not here. */
export function metricsLine({ metricsUrl, uiUrl }: Session): string {
  if (metricsUrl !== null) return `Metrics: ${metricsUrl}`;
  return uiUrl === null
    ? 'No metrics here: the workers of a cluster serve them, each with "aicodereval worker --metrics".'
    : 'No metrics here: another command hosts this home, and serves them if it was given --metrics. This one takes over when it ends.';
}

/** Fetches what the workers would otherwise fetch without anybody seeing it. */
async function prepare(manifest: Manifest, context: CommandContext): Promise<void> {
  const { home, env, weightsFile } = context.config;
  const { backend } = manifest.config.sandbox;
  await prepareMachine({ backend, environments: manifest.environments }, context);
  for (const { id } of manifest.config.models) {
    const name = id.slice(id.indexOf(':') + 1);
    if (providerOf(id) !== 'embedded' || !isEmbedded(name)) continue;
    await prepareEmbedded(name, { home, env, onProgress: context.onProgress, localFile: weightsFile });
  }
}

interface Show {
  readonly context: CommandContext;
  readonly watch: PollerWatch;
  readonly interrupt: Interrupt;
  /** Once, as soon as there is progress to tell. */
  readonly greet: () => Promise<void>;
}

/** Shows the sweep's progress until its workflow has closed. */
async function show(
  session: Session,
  { sweepId }: Manifest,
  { context, watch, interrupt, greet }: Show,
): Promise<Ending> {
  const { config, say } = context;
  const printer = new ProgressPrinter(process.stderr);
  const pauses = new PauseWatch(say);
  const pace = new Pace();
  let line = '';
  const ending = await follow(session, sweepId, { everyMs: 500, interrupt }, async (look) => {
    const live = await progressOf(session, look);
    if (live !== null) {
      if (line === '') await greet();
      const now = Date.now();
      const perSecond = pace.note(now, done(live.tally));
      line = progressLine(live, perSecond, await quiet(config, sweepId, now, pace));
      printer.show(line, now);
      pauses.look(sweepId, live.sweep.pause);
    }
    if (look.description?.status.name === 'RUNNING') await watch.look(session.client);
  });
  if (ending !== 'interrupted') printer.end(line);
  return ending;
}

/** For how long neither a cell has ended nor an answer come: of cells with many slow answers the first may take an hour. */
async function quiet({ home, cluster }: Config, sweepId: string, now: number, { lastAt }: Pace): Promise<Quiet> {
  const last = now - lastAt < QUIET_MS ? null : await lastAnswerAt(home, sweepId);
  const log = cluster === null ? 'logs/model.log of the home' : 'log of the model workers';
  return { ms: now - Math.max(lastAt, last ?? 0), log };
}

async function progressOf({ client }: Session, { handle, description }: Look): Promise<LiveProgress | null> {
  const sweeps = client.workflow.getHandle<typeof sweepWorkflow>(handle.workflowId);
  if (description?.status.name === 'RUNNING') return askProgress(client, sweeps);
  // A sweep that has ended said so in its result: its workers may be gone with the command that hosted them.
  const sweep = description?.status.name === 'COMPLETED' ? await orNull(sweeps.result()) : null;
  return sweep === null ? null : { sweep, tally: sweep.finished, running: 0 };
}

/** The table of a summary, and where the rest is. */
export function printResult(summary: Summary, context: CommandContext, session: Session | null): void {
  const folder = sweepFolder(context.config.home, summary.sweep_id);
  const where = [`Results: ${folder} (summary.json, cells-*.arrow, attempts-*.arrow)`];
  where.push(`Report:  aicodereval report ${summary.sweep_id} (--html: a page with every cell)`);
  if (session !== null && session.uiUrl !== null) where.push(`Temporal UI: ${session.uiUrl}`);
  if (summary.groups.some(({ unscored }) => unscored > 0))
    where.push(`Unscored cells are tried again by: aicodereval retry ${summary.sweep_id} --verdict unscored`);
  context.print(summary, `\n${renderTable(summary)}\n\n${where.join('\n')}`);
}

/** From the store's rows, which are the record; the summary file is brought up to date with them. */
async function summaryOfStore(home: string, sweepId: string): Promise<Summary> {
  const summary = summaryOf(sweepId, await recorded(home, sweepId));
  await writeSummary(home, sweepId, summary);
  return summary;
}

async function linger({ say }: CommandContext, interrupt: Interrupt): Promise<void> {
  if (!process.stdin.isTTY || interrupt.seen) return;
  say('The Temporal UI stays up until you press Ctrl-C; "npx aicodereval up" opens it again.');
  while (!interrupt.seen) await interrupt.sleep(60_000);
}
