import { setTimeout as sleep } from 'node:timers/promises';
import { processesOf, type Running, startCli, until } from './cli.js';
import { fraction } from './fraction.js';
import { family, type ProcessEntry, processTable } from './process-table.js';
import { killAll, type Target, TARGETS, victimsAmong } from './victims.js';

/** Longest time in milliseconds from a sign of progress to the next kill. */
const LONGEST_PAUSE = 2_500;
/** Kills that wait for no progress, and so hit a start: this share of all. */
const AT_ONCE = 0.25;
/** Seconds to wait for progress. Near its end a sweep may show none. */
const PATIENCE = 20;
/** Kills in the milliseconds after an answer, while it is stored and reported: this share of all. */
const AFTER_ANSWER = 0.6;
const STORING = 40;
/** Times that a command may give up with exit 3 and is run again. */
const REVIVALS = 2;
/** Seconds that a sweep may take from the last kill to its end. */
const FINISH = 240;

/** What a killer has to know of the model's host. */
export interface AnsweringHost {
  /** Answers sent so far. */
  answers(): number;
  /** Resolves when the next answer is sent, or after a few seconds without one. */
  nextAnswer(): Promise<void>;
}

/** `aicodereval run FILE` in a home, killed in part or as a whole and started again. */
export class KilledCommand {
  private readonly home: string;
  private readonly file: string;
  private readonly seed: string;
  private running: Running;
  private hasEnded = false;
  /** How often it gave up by itself, as its server was killed while it started. */
  gaveUp = 0;
  /** Every process that it was ever seen to have, by id and start. */
  private readonly seen = new Map<string, ProcessEntry>();

  constructor(home: string, file: string, seed: string) {
    this.home = home;
    this.file = file;
    this.seed = seed;
    this.running = this.start();
  }

  /**
   * Kills each target once a round, in seeded order and at seeded moments, most of them counted from a sign of
   * progress: a sweep that is always killed while it starts gets nowhere. Ends early with the sweep.
   */
  async killAtMoments(kills: number, host: AnsweringHost, watch: () => Promise<void>): Promise<Target[]> {
    const killed: Target[] = [];
    let before = host.answers();
    for (let n = 0; killed.length < kills && n < 2 * kills; n += 1) {
      if (this.chance('at once', n) >= AT_ONCE) {
        const goesOn = (): boolean => this.hasEnded || host.answers() > before;
        await until('the sweep goes on', goesOn, PATIENCE).catch(() => undefined);
      }
      await Promise.race([sleep(this.chance('pause', n) * LONGEST_PAUSE), this.running.ended]);
      if (this.hasEnded && !(await this.revive())) break;
      before = host.answers();
      await watch();
      const target = this.targetAt(n);
      if (!(await this.kill(target, n, host))) continue;
      killed.push(target);
      await watch();
      if (target === 'command' || target === 'everything') await this.startAgain();
    }
    return killed;
  }

  /** Waits for the end of the sweep. Returns what was wrong with it. */
  async finish(): Promise<string[]> {
    try {
      await until('the sweep has ended', async () => this.hasEnded && !(await this.revive()), FINISH);
    } catch (error) {
      return [`${String(error)}: ${this.running.said()}`];
    }
    const { code, stderr } = await this.running.ended;
    return code === 0 ? [] : [`exit code ${code}: ${stderr}`];
  }

  /** Processes that outlived the command by more than the moment that they need to die. */
  async leftovers(): Promise<string[]> {
    const alive = async (): Promise<ProcessEntry[]> => {
      const marked = new Set(await processesOf(this.home));
      const table = await processTable();
      return table.filter((entry) => marked.has(entry.pid) || this.seen.has(nameOf(entry)));
    };
    await until('all processes have gone', async () => (await alive()).length === 0, 10).catch(() => undefined);
    return (await alive()).map(({ pid, args }) => `${pid} ${args.join(' ').slice(0, 200)}`);
  }

  /** Kills whatever still runs, for the sake of what comes after. */
  async end(): Promise<void> {
    if (!this.hasEnded) killAll(await this.family());
    await this.running.ended;
  }

  private start(): Running {
    const running = startCli(['run', this.file, '--home', this.home, '--json'], { limitMs: 0 });
    this.hasEnded = false;
    void running.ended.then(() => (this.hasEnded = this.running === running));
    return running;
  }

  private targetAt(n: number): Target {
    const round = Math.floor(n / TARGETS.length);
    const rank = (target: Target): number => fraction(`${this.seed} round ${round} ${target}`);
    return TARGETS.toSorted((a, b) => rank(a) - rank(b))[n % TARGETS.length] as Target;
  }

  /** False if there was nothing to kill, or the sweep ended just then. */
  private async kill(target: Target, n: number, host: AnsweringHost): Promise<boolean> {
    const victims = victimsAmong(await this.family(), target, `${this.seed} victim ${n}`);
    if (this.chance('after an answer', n) < AFTER_ANSWER) {
      await Promise.race([host.nextAnswer(), this.running.ended]);
      await sleep(this.chance('after', n) * STORING);
    }
    return killAll(victims) > 0 && !this.hasEnded;
  }

  /** Does what the hint says to a user whose command gave up for want of a server (exit 3), a few times at most. */
  private async revive(): Promise<boolean> {
    const { code } = await this.running.ended;
    if (code !== 3 || this.gaveUp >= REVIVALS) return false;
    this.gaveUp += 1;
    await this.startAgain();
    return true;
  }

  private async startAgain(): Promise<void> {
    await this.running.ended;
    this.running = this.start();
  }

  private chance(what: string, n: number): number {
    return fraction(`${this.seed} ${what} ${n}`);
  }

  private async family(): Promise<ProcessEntry[]> {
    const all = family(await processTable(), this.running.child.pid ?? 0);
    for (const entry of all) this.seen.set(nameOf(entry), entry);
    return all;
  }
}

function nameOf({ pid, startTime }: ProcessEntry): string {
  return `${pid} ${startTime}`;
}
