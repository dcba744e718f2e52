import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type CountingHost, startCountingHost } from './counting-host.js';
import type { FaultServer } from './fault-server.js';
import { KilledCommand } from './killed-command.js';
import { newHome } from './new-home.js';
import { problemsOf } from './sweep-problems.js';
import { storedAnswers } from './stored-answers.js';
import { writeSweepFile } from './sweep-files.js';
import type { Target } from './victims.js';
import type { Verdict } from '../../domain/verdict.js';
import { readResults } from '../../infra/arrow/results.js';
import { sweepFolder } from '../../infra/store/paths.js';

/** Name of every sweep of the suite, so that cell ids can be compared. */
export const SWEEP_ID = 'kill';
const CELLS = 60;

export interface KillOptions {
  /** Decides the moments, the order of the targets, and the runner that dies. */
  readonly seed: string;
  /** Kills at most; the sweep may end before. */
  readonly kills: number;
  /** Verdicts of an undisturbed run, by cell id; null for that run itself. */
  readonly expected: ReadonlyMap<string, Verdict> | null;
}

/** What became of a sweep that was killed again and again. */
export interface KillReport {
  /** In order, what was killed. */
  readonly killed: readonly Target[];
  /** How often the command gave up by itself (exit 3) and was run again. */
  readonly gaveUp: number;
  readonly seconds: number;
  /** Requests that the model's host got, and generations that they were for. */
  readonly requests: number;
  readonly generations: number;
  /** Answers that were seen stored around some kill. */
  readonly watched: number;
  readonly verdicts: ReadonlyMap<string, Verdict>;
  /** What should not be; empty if all is well. */
  readonly problems: readonly string[];
}

/**
 * Runs a sweep of 60 cells through the command line against a counting model host, kills parts of it by `kill -9` at
 * seeded random moments, starts the same command again where it died, and examines what is left at the end. The home
 * is removed unless something is wrong.
 */
export async function killSweep(options: KillOptions): Promise<KillReport> {
  const host = await startCountingHost();
  const folder = await newHome();
  const home = join(folder, 'home');
  const command = new KilledCommand(home, sweepFile(home, host.server), options.seed);
  try {
    const report = await disturb(command, home, host, options);
    if (report.problems.length === 0) await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    return report;
  } finally {
    await command.end();
    await host.server.close();
  }
}

function sweepFile(home: string, { baseUrl }: FaultServer): string {
  return writeSweepFile(home, {
    name: SWEEP_ID,
    suites: [{ id: 'starter', limit: 10 }],
    models: [{ id: 'openai:replay', base_url: baseUrl, temperature: 0.8, concurrency: 4, timeout: '20s' }],
    strategies: [
      { id: 'direct' },
      { id: 'react', rounds: 2, feedback: 'tests' },
      { id: 'codergen', rounds: 3, feedback: 'tests' },
    ],
    samples: 2,
    concurrency: 12,
  });
}

async function disturb(
  command: KilledCommand,
  home: string,
  host: CountingHost,
  { kills, expected }: KillOptions,
): Promise<KillReport> {
  const began = Date.now();
  /** How often each generation had been asked for when its answer was first seen stored. */
  const watched = new Map<string, number>();
  const watch = async (): Promise<void> => {
    const keys = await storedAnswers(sweepFolder(home, SWEEP_ID));
    const counts = host.server.counts();
    for (const key of keys) if (!watched.has(key)) watched.set(key, counts[key] ?? 0);
  };
  const killed = await command.killAtMoments(kills, host, watch);
  const failure = await command.finish();
  const counts = host.server.counts();
  const askedAgain = [...watched].filter(([key, count]) => (counts[key] ?? 0) > count).map(([key]) => key);
  const results = await readResults(home, SWEEP_ID);
  return {
    killed,
    gaveUp: command.gaveUp,
    seconds: (Date.now() - began) / 1_000,
    requests: Object.values(counts).reduce((sum, count) => sum + count, 0),
    generations: Object.keys(counts).length,
    watched: watched.size,
    verdicts: new Map(results.map(({ cell, verdict }) => [cell.cellId, verdict])),
    problems: [
      ...failure,
      ...askedAgain.map((key) => `the answer to ${key} was stored, and asked for again`),
      ...(failure.length > 0 ? [] : await problemsOf({ home, sweepId: SWEEP_ID, cells: CELLS, expected })),
      ...(await command.leftovers()).map((what) => `still running: ${what}`),
    ].map((problem) => `${problem} (home: ${home})`),
  };
}
