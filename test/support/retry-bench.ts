import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect } from '@jest/globals';
import type { CellResult } from '../../domain/cell.js';
import { readResults } from '../../infra/arrow/results.js';
import { readSegments } from '../../infra/arrow/segments.js';
import { sweepFolder } from '../../infra/store/paths.js';
import { type Ended, runCli, type Running, startCli, until } from './cli.js';
import { type FaultServer, type Received, type Reply, startFaultServer } from './fault-server.js';
import { ANSWERS, writeSweepFile, writeTasks } from './sweep-files.js';

export const SWEEP = 'broken';
export const RETRY = ['--verdict', 'unscored'];
/** What a host replies; null is an answer that is right. */
export type Behaviour = (received: Received) => Reply | null;

/** A home, and a host that misbehaves as it is told. */
export class RetryBench {
  readonly home: string;
  readonly host: FaultServer;
  /** How often each generation got an answer. */
  readonly answered: Map<string, number>;
  readonly behave: (reply: Behaviour) => void;
  private readonly started: Running[] = [];
  private readonly file: string;

  private constructor(parts: Pick<RetryBench, 'home' | 'host' | 'answered' | 'behave'>, file: string) {
    this.home = parts.home;
    this.host = parts.host;
    this.answered = parts.answered;
    this.behave = parts.behave;
    this.file = file;
  }

  /** A sweep of so many tasks with the models "fine" and "gone", or as `sweep` says; the host replies as `behaviour` says. */
  static async open(
    home: string,
    tasks: number,
    { behaviour, sweep = {} }: { behaviour: Behaviour; sweep?: Readonly<Record<string, unknown>> },
  ): Promise<RetryBench> {
    const answered = new Map<string, number>();
    let current = behaviour;
    const reply = (received: Received): Reply => {
      const said = current(received) ?? { kind: 'answer', text: ANSWERS.right };
      if (said.kind === 'answer') answered.set(received.key, (answered.get(received.key) ?? 0) + 1);
      return said;
    };
    const host = await startFaultServer({ reply });
    const model = (name: string) => ({ id: `openai:${name}`, label: name, base_url: host.baseUrl, concurrency: 50 });
    const file = writeSweepFile(home, {
      name: SWEEP,
      suites: [{ id: 'humaneval', file: writeTasks(home, tasks) }],
      models: [model('fine'), model('gone')],
      strategies: [{ id: 'direct' }],
      ...sweep,
    });
    return new RetryBench({ home, host, answered, behave: (reply) => void (current = reply) }, file);
  }

  /** Hosts the home beside the commands, which each start a server and workers of their own otherwise. */
  async serve(): Promise<void> {
    const host = this.start('up');
    await until('the workers are up', () => host.said().includes('Workers are up'));
  }

  start(command: 'run' | 'retry' | 'up', ...flags: readonly string[]): Running {
    const args = { run: [this.file], retry: [SWEEP, ...RETRY], up: [] }[command];
    return this.launch(command, ...args, ...flags);
  }

  private launch(...args: readonly string[]): Running {
    const running = startCli([...args, '--home', this.home], args[0] === 'up' ? { limitMs: 0 } : {});
    this.started.push(running);
    return running;
  }

  /** Ends what still runs. */
  async close(): Promise<void> {
    for (const { child } of this.started) child.kill('SIGKILL');
    await this.host.close();
  }

  command(name: string, ...rest: readonly string[]): Promise<Ended> {
    return runCli([name, SWEEP, ...rest, '--home', this.home]);
  }

  results(): Promise<CellResult[]> {
    return readResults(this.home, SWEEP);
  }

  /** Every reader has so many cells, each once, and agrees on how many have each verdict. */
  async expectAgreement(cells: number, verdicts: Readonly<Record<string, number>>): Promise<void> {
    const out = join(dirname(this.home), 'rows.jsonl');
    const [exported, ...shown] = await Promise.all([
      this.command('export', '--format', 'jsonl', '--out', out),
      ...['status', 'report'].map((command) => this.command(command, '--json')),
    ]);
    expect(exported.code).toBe(0);
    for (const { stdout } of shown) expect(summed(JSON.parse(stdout), cells)).toEqual(verdicts);
    const lines = readFileSync(out, 'utf8').trim().split('\n');
    const rows = lines.map((line) => JSON.parse(line) as { cell_id: string; verdict: string });
    expect(new Set(rows.map(({ cell_id: id }) => id)).size).toBe(cells);
    expect(tallyOf(rows)).toEqual(verdicts);
    const results = await this.results();
    expect([new Set(results.map(({ cell }) => cell.cellId)).size, tallyOf(results)]).toEqual([cells, verdicts]);
  }

  /** The segments alone, as other programs read them, and the summary file. */
  async expectSegments(cells: number, verdicts: Readonly<Record<string, number>>): Promise<void> {
    const segments = await readSegments(this.home, SWEEP);
    expect([new Set(segments.map(({ cell }) => cell.cellId)).size, tallyOf(segments)]).toEqual([cells, verdicts]);
    const summary = readFileSync(join(sweepFolder(this.home, SWEEP), 'summary.json'), 'utf8');
    expect(summed(JSON.parse(summary), cells)).toEqual(verdicts);
  }
}

function tallyOf(rows: readonly { readonly verdict: string }[]): Record<string, number> {
  const tally: Record<string, number> = {};
  for (const { verdict } of rows) tally[verdict] = (tally[verdict] ?? 0) + 1;
  return tally;
}

/** Cells by verdict over all arms of a summary, which must be so many. */
export function summed(summary: unknown, cells: number): Record<string, number> {
  const { groups } = summary as { groups: Record<string, number>[] };
  const sum = (name: string): number => groups.reduce((total, group) => total + (group[name] ?? Number.NaN), 0);
  expect(sum('cells')).toBe(cells);
  const all = ['pass', 'fail', 'unverified', 'unscored'].map((name) => [name, sum(name)] as const);
  return Object.fromEntries(all.filter(([, count]) => count > 0));
}
