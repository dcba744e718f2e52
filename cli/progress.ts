import type { Client, WorkflowHandle } from '@temporalio/client';
import { add, done, type PageProgress, type SweepProgress, type Tally } from '../domain/progress.js';
import type { sweepWorkflow } from '../workflows/sweep.js';

/** A sweep's progress with the cells of its open pages counted in. */
export interface LiveProgress {
  readonly sweep: SweepProgress;
  readonly tally: Tally;
  readonly running: number;
}

/** A query waits for a worker: where none answers, the asker does without. */
const PATIENCE_MS = 3_000;

/** Nobody wonders whether a sweep still gets on before it has shown nothing for so long. */
export const QUIET_MS = 30_000;

/** What `asked` says; null if it fails, or says nothing for three seconds. */
export async function orNull<T>(asked: Promise<T>): Promise<T | null> {
  const timeout = new Promise<null>((resolve) => setTimeout(resolve, PATIENCE_MS, null).unref());
  return Promise.race([asked.catch(() => null), timeout]);
}

/** Asks a sweep under way and its open pages; null if no worker answers. Queries leave no trace in histories. */
export function askProgress(
  client: Client,
  handle: WorkflowHandle<typeof sweepWorkflow>,
): Promise<LiveProgress | null> {
  return orNull(ask(client, handle));
}

async function ask(client: Client, handle: WorkflowHandle<typeof sweepWorkflow>): Promise<LiveProgress> {
  const sweep = await handle.query<SweepProgress>('progress');
  const pages = await Promise.all(
    sweep.openPages.map((id) =>
      client.workflow
        .getHandle(id)
        .query<PageProgress>('progress')
        .catch(() => null),
    ),
  );
  let { finished: tally } = sweep;
  let running = 0;
  for (const page of pages) {
    if (page === null) continue;
    tally = add(tally, page.finished);
    running += page.running;
  }
  return { sweep, tally, running };
}

/** For how long nothing has come, and where it would say why. */
export interface Quiet {
  readonly ms: number;
  readonly log: string;
}

/** One line: for how long nothing has come, if that is long, before a terminal's edge; cells done, verdicts, tokens, rate, time left at that rate. */
export function progressLine({ sweep, tally, running }: LiveProgress, perSecond: number, { ms, log }: Quiet): string {
  const finished = done(tally);
  const left = perSecond > 0 ? ` ${clock((sweep.cells - finished) / perSecond)} left` : '';
  const judged = `${tally.pass} passed, ${tally.fail + tally.unverified} failed, ${tally.unscored} unscored`;
  const cost = tally.costUsd > 0 ? `, ${tally.costUsd.toFixed(2)} USD` : '';
  const isQuiet = ms >= QUIET_MS && sweep.pause === null;
  const quiet = isQuiet ? `Nothing new for ${clock(ms / 1_000)} (why: ${log}). ` : '';
  const state = sweep.pause === null ? `${running} running` : `paused (${sweep.pause})`;
  return `${quiet}${finished}/${sweep.cells} cells: ${judged}; ${tally.tokens} tokens${cost}; ${state}, ${(perSecond * 60).toFixed(1)}/min${left}`;
}

/** Seconds as h:mm:ss. */
export function clock(seconds: number): string {
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 3_600)}:${String(Math.floor(whole / 60) % 60).padStart(2, '0')}:${String(whole % 60).padStart(2, '0')}`;
}

/** Where progress goes: one line that is rewritten on a terminal, a line a minute elsewhere. */
export class ProgressPrinter {
  private readonly stream: NodeJS.WriteStream;
  private printedAt = 0;

  constructor(stream: NodeJS.WriteStream) {
    this.stream = stream;
  }

  /** Whether `show` would print now: for lines that are dear to make. */
  isDue(now: number): boolean {
    return now - this.printedAt >= (this.stream.isTTY ? 200 : 60_000);
  }

  show(line: string, now: number): void {
    if (!this.isDue(now)) return;
    this.printedAt = now;
    if (this.stream.isTTY) this.stream.write(`\r\u001B[2K${line.slice(0, (this.stream.columns ?? 100) - 1)}`);
    else this.stream.write(`${line}\n`);
  }

  /** Leaves the last state on a line of its own. */
  end(line: string): void {
    this.stream.write(this.stream.isTTY ? `\r\u001B[2K${line}\n` : `${line}\n`);
  }
}
