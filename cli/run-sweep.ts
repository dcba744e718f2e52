import type { Client } from '@temporalio/client';
import { done } from '../domain/progress.js';
import { providerOf, type SweepConfig } from '../domain/sweep.js';
import { readResults } from '../infra/arrow/results.js';
import { findEnvironment, imageOf } from '../infra/environments/environment.js';
import { ensureEnvironment, interpreterOf } from '../infra/environments/provision.js';
import { prepareEmbedded } from '../infra/models/embedded.js';
import { isEmbedded } from '../infra/models/weights-pins.js';
import type { Manifest } from '../infra/parse/manifest.js';
import { describeDocker } from '../infra/sandbox/docker.js';
import { sweepFolder } from '../infra/store/paths.js';
import { writeSummary } from '../infra/store/summary-file.js';
import { ensureTool } from '../infra/tools/tool.js';
import { summarise } from '../report/summarise.js';
import { renderTable } from '../report/table.js';
import type { sweepWorkflow } from '../workflows/sweep.js';
import type { CommandContext } from './context.js';
import { demandGpu } from './demand-gpu.js';
import { PollerWatch } from './poller-watch.js';
import { askProgress, type LiveProgress, orNull, progressLine, ProgressPrinter } from './progress.js';
import { openSession, type Session } from './session.js';
import { queuesOf, startSweep, submit } from './sweeps.js';
import { ROLES } from '../workers/roles.js';

export interface RunOptions {
  readonly detach: boolean;
  /** After the sweep, stay until Ctrl-C so that the UI can be looked at. */
  readonly linger: boolean;
}

/** Starts or continues a sweep, shows it to its end, prints its table. Returns the exit code. */
export async function runSweep(sweep: SweepConfig, context: CommandContext, options: RunOptions): Promise<number> {
  const { config, say, log } = context;
  if (config.cluster === null) await demandGpu(sweep.sandbox.gpu, config);
  const manifest = await submit(sweep, context);
  if (config.cluster === null) await prepare(manifest, context);
  const interrupt = new Interrupt();
  const session = await openSession({ config, log, roles: ROLES });
  try {
    if (session.uiUrl !== null)
      say(`Temporal UI: ${session.uiUrl}/namespaces/default/workflows?query=CgSweep%3D%22${sweep.name}%22`);
    const isUnderWay = await startSweep(session.client, manifest, config.home);
    if (options.detach) {
      say(`The sweep ${sweep.name} is under way; "aicodereval status ${sweep.name}" shows it.`);
      return 0;
    }
    const watch = new PollerWatch(await queuesOf(config.home, sweep.name), say);
    const ending = isUnderWay ? await follow(session, sweep.name, watch, interrupt) : 'done';
    if (ending === 'interrupted') {
      say(
        `\nInterrupted; nothing that was finished is lost. Go on with the same command. (Press Ctrl-C again to end at once.)`,
      );
      return 130;
    }
    await printResult(sweep.name, context, session);
    if (options.linger) await linger(context, interrupt);
    return ending === 'done' ? 0 : 1;
  } finally {
    await session.close();
    interrupt.dispose();
  }
}

/** Fetches what the workers would otherwise fetch without anybody seeing it. */
async function prepare(manifest: Manifest, { config, onProgress, say }: CommandContext): Promise<void> {
  const { home, env, weightsFile } = config;
  await ensureTool('temporal', { home, env, onProgress });
  await ensureTool('bwrap', { home, env, onProgress });
  for (const name of manifest.environments) {
    const environment = await findEnvironment(name);
    if (manifest.config.sandbox.backend === 'docker') await describeDocker(imageOf(environment, config.docker.image));
    else if (interpreterOf(environment, home) === null) {
      say(`Building the environment ${name} (${environment.disk ?? 'nothing'} on disk) ...`);
      await ensureEnvironment(environment, { home, env, onProgress });
    }
  }
  for (const { id } of manifest.config.models) {
    const name = id.slice(id.indexOf(':') + 1);
    if (providerOf(id) !== 'embedded' || !isEmbedded(name)) continue;
    await prepareEmbedded(name, { home, env, onProgress, localFile: weightsFile });
  }
}

type Ending = 'done' | 'cancelled' | 'failed' | 'interrupted';

/** Polls until the sweep's workflow has closed. A server that is being restarted is waited for. */
async function follow(session: Session, sweepId: string, watch: PollerWatch, interrupt: Interrupt): Promise<Ending> {
  const printer = new ProgressPrinter(process.stderr);
  const began = Date.now();
  let first: number | null = null;
  let line = '';
  while (!interrupt.seen) {
    const { status, live } = await look(session.client, sweepId);
    if (live !== null) {
      first ??= done(live.tally);
      line = progressLine(live, { at: began, done: first }, Date.now());
      printer.show(line, Date.now());
    }
    if (status !== 'RUNNING' && status !== null) {
      printer.end(line);
      if (status === 'COMPLETED') return 'done';
      return status === 'CANCELLED' ? 'cancelled' : 'failed';
    }
    await watch.look(session.client);
    await interrupt.sleep(500);
  }
  return 'interrupted';
}

/** Both are null where nobody can say, as while a server is started again. */
async function look(client: Client, sweepId: string): Promise<{ status: string | null; live: LiveProgress | null }> {
  const handle = client.workflow.getHandle<typeof sweepWorkflow>(sweepId);
  const status = (await orNull(handle.describe()))?.status.name ?? null;
  if (status === 'RUNNING') return { status, live: await askProgress(client, handle) };
  // A sweep that has ended said so in its result: its workers may be gone with the command that hosted them.
  const sweep = status === 'COMPLETED' ? await orNull(handle.result()) : null;
  return { status, live: sweep === null ? null : { sweep, tally: sweep.finished, running: 0 } };
}

/** The table from the store's rows, which are the record; the summary file is brought up to date with them. */
export async function printResult(sweepId: string, context: CommandContext, session: Session | null): Promise<void> {
  const { home } = context.config;
  const summary = summarise(sweepId, await readResults(home, sweepId));
  await writeSummary(home, sweepId, summary);
  const folder = sweepFolder(home, sweepId);
  const where = [`Results: ${folder} (summary.json, cells-*.arrow, attempts-*.arrow)`];
  if (session !== null && session.uiUrl !== null) where.push(`Temporal UI: ${session.uiUrl}`);
  context.print(summary, `\n${renderTable(summary)}\n\n${where.join('\n')}`);
}

async function linger({ say }: CommandContext, interrupt: Interrupt): Promise<void> {
  if (!process.stdin.isTTY || interrupt.seen) return;
  say('The Temporal UI stays up until you press Ctrl-C; "npx aicodereval up" opens it again.');
  while (!interrupt.seen) await interrupt.sleep(60_000);
}

/** Ctrl-C and SIGTERM: the first asks to end in order, a second one ends at once. */
export class Interrupt {
  seen = false;
  private wake: () => void = () => undefined;
  private readonly onSignal = (): void => {
    if (this.seen) process.exit(130);
    this.seen = true;
    this.wake();
  };

  constructor() {
    process.on('SIGINT', this.onSignal);
    process.on('SIGTERM', this.onSignal);
  }

  /** Milliseconds, or until the interrupt. */
  async sleep(ms: number): Promise<void> {
    if (this.seen) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  dispose(): void {
    process.off('SIGINT', this.onSignal);
    process.off('SIGTERM', this.onSignal);
  }
}
