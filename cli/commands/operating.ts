import { type Client, WorkflowNotFoundError, type WorkflowHandle, WorkflowUpdateFailedError } from '@temporalio/client';
import type { Command } from 'commander';
import { done, type SweepProgress, type Tally } from '../../domain/progress.js';
import { UserError } from '../../infra/errors.js';
import { duration } from '../../infra/parse/quantity.js';
import { lastAnswerAt } from '../../infra/store/answers.js';
import { findManifest, listSweeps } from '../../infra/store/manifest.js';
import { unpolledQueues } from '../../infra/temporal/pollers.js';
import type { SweepTally } from '../../report/arm-tally.js';
import { summaryOf } from '../../report/summarise.js';
import type { sweepWorkflow } from '../../workflows/sweep.js';
import { type CommandContext, type CommonOptions, openContext } from '../context.js';
import { pausedWords } from '../paused.js';
import { waitingFor } from '../poller-watch.js';
import { askProgress, clock, orNull } from '../progress.js';
import { printResult } from '../run-sweep.js';
import { openSession } from '../session.js';
import { demandSweep } from '../sources.js';
import { retryOf } from '../start-sweep.js';
import { queuesOf, recorded } from '../sweeps.js';
import { common } from './common.js';
import { ALL_APART } from '../../workers/roles.js';

type Handle = WorkflowHandle<typeof sweepWorkflow>;

/** `status`, `pause`, `resume`, `cancel`, `set-concurrency`. */
export function addOperating(program: Command): void {
  common(program.command('status'))
    .argument('[sweep]')
    .description('all sweeps of the home, or one with its table')
    .action(async (sweep: string | undefined, flags: CommonOptions) => status(sweep, await openContext(flags)));
  operation(program, 'pause', 'start no new cells; those in flight finish').action(
    async (sweep: string, flags: CommonOptions) => update(sweep, flags, 'pause', null),
  );
  operation(program, 'resume', 'start cells again; limits that were reached must be raised')
    .option('--cost-usd <n>', 'new limit on cost, in US dollars')
    .option('--tokens <n>', 'new limit on tokens')
    .option('--wall <time>', 'new limit on time, e.g. 90m or 2h; digits alone are minutes')
    .action(async (sweep: string, flags: CommonOptions & { costUsd?: string; tokens?: string; wall?: string }) => {
      const raised = {
        ...(flags.costUsd === undefined ? {} : { costUsd: number(flags.costUsd) }),
        ...(flags.tokens === undefined ? {} : { tokens: number(flags.tokens) }),
        ...(flags.wall === undefined ? {} : { wallMs: wallMs(flags.wall) }),
      };
      await update(sweep, flags, 'resume', raised);
    });
  operation(program, 'cancel', 'end the sweep; what is finished stays, the same run command goes on').action(
    async (sweep: string, flags: CommonOptions) => update(sweep, flags, 'cancel', null),
  );
  operation(program, 'set-concurrency', 'cells in flight at the same time')
    .argument('<cells>')
    .action(async (sweep: string, cells: string, flags: CommonOptions) =>
      update(sweep, flags, 'set-concurrency', number(cells)),
    );
}

function operation(program: Command, name: string, description: string): Command {
  return common(program.command(name)).argument('<sweep>').description(description);
}

function number(text: string): number {
  const value = Number(text);
  if (Number.isFinite(value) && value > 0) return value;
  throw new UserError(`"${text}" is not a number above zero.`, {
    hint: 'Write digits only, e.g. 2000000; a time may be 90m or 2h.',
    exitCode: 2,
  });
}

function wallMs(text: string): number {
  return duration.safeParse(text).data ?? number(text) * 60_000;
}

async function update(sweep: string, flags: CommonOptions, name: string, argument: unknown): Promise<void> {
  const context = await openContext(flags);
  await demandSweep(sweep, context.config.home);
  const session = await openSession({ config: context.config, log: context.log, crews: ALL_APART });
  try {
    const handle = session.client.workflow.getHandle<typeof sweepWorkflow>(sweep);
    const progress = await send(handle, sweep, name, argument);
    if (name === 'cancel') await handle.result().catch(() => undefined);
    const tally = (await recorded(context.config.home, sweep)).progress();
    context.print(progress, `${sweep}: ${name} done; ${done(tally)} of ${progress.cells} cells are finished.`);
    if (name === 'resume' && session.isHost) context.say(unhosted(sweep));
  } finally {
    await session.close();
  }
}

/** What was started ends with the command that hosts the home. */
function unhosted(sweep: string): string {
  return `No worker is up once this command has ended: "aicodereval run" with the file of ${sweep} goes on with it, or "aicodereval up".`;
}

async function send(handle: Handle, sweep: string, name: string, argument: unknown): Promise<SweepProgress> {
  try {
    return await handle.executeUpdate<SweepProgress, [unknown]>(name, { args: [argument] });
  } catch (cause) {
    if (cause instanceof WorkflowUpdateFailedError) {
      const why = cause.cause instanceof Error ? cause.cause.message : cause.message;
      throw new UserError(`${sweep} refuses: ${why}.`, {
        hint: `"aicodereval status ${sweep}" shows its state.`,
        exitCode: 2,
      });
    }
    if (cause instanceof WorkflowNotFoundError) {
      throw new UserError(`${sweep} is not running.`, { hint: `"aicodereval run" starts it or goes on.`, exitCode: 2 });
    }
    throw cause;
  }
}

async function status(sweep: string | undefined, context: CommandContext): Promise<void> {
  const { config, log } = context;
  if (sweep !== undefined) await demandSweep(sweep, config.home);
  const session = await openSession({ config, log, crews: [] });
  try {
    const ids = sweep === undefined ? await listSweeps(config.home) : [sweep];
    const tallies = await Promise.all(ids.map((id) => recorded(config.home, id)));
    const states = await Promise.all(
      ids.map((id, at) => state(session.client, id, config.home, (tallies[at] as SweepTally).progress())),
    );
    const rows = states.map(({ row }) => row);
    if (sweep === undefined) {
      const lines = rows.map(
        (row) => `${row.sweep}  ${row.state}  ${row.finished}/${row.cells} cells, ${row.passed} passed`,
      );
      context.print(rows, lines.join('\n') || 'No sweeps yet.');
      return;
    }
    const hosting = config.cluster !== null ? 'cluster' : session.isHost ? 'nobody' : 'command';
    for (const { row, pause } of states) {
      const retry = row.retry === null ? '' : `, cells that were ${row.retry} are tried again`;
      const last =
        row.last_answer_at === null ? '' : `, last answer ${clock((Date.now() - row.last_answer_at) / 1_000)} ago`;
      context.say(`${sweep}: ${row.state}${retry}, ${row.finished} of ${row.cells} cells${last}`);
      if (pause !== null) context.say(pausedWords(sweep, pause));
      if (row.unpolled.length > 0) context.say(waitingFor(row.unpolled, hosting));
    }
    const summary = summaryOf(sweep, tallies[0] as SweepTally);
    printResult(summary, context, null);
  } finally {
    await session.close();
  }
}

/** From the store for what is finished; from the workflow, if somebody works on it, for whether it is paused. */
async function state(client: Client, id: string, home: string, tally: Tally) {
  const manifest = await findManifest(home, id);
  const handle = client.workflow.getHandle<typeof sweepWorkflow>(id);
  const description = await handle.describe().catch(() => null);
  const found = description?.status.name.toLowerCase() ?? 'not started';
  const live = found === 'running' ? await askProgress(client, handle) : null;
  const unpolled = found === 'running' ? await orNull(unpolledQueues(client, await queuesOf(home, id))) : null;
  const pause = live?.sweep.pause ?? null;
  const finished = done(tally);
  const row = {
    sweep: id,
    state: pause === null ? found : `paused (${pause})`,
    finished,
    cells: manifest?.cells ?? 0,
    passed: tally.pass,
    retry: description !== null && found === 'running' ? retryOf(description) : null,
    unpolled: unpolled ?? [],
    last_answer_at: found === 'running' ? await lastAnswerAt(home, id) : null,
  };
  return { row, pause };
}
