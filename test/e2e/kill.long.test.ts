import { expect, test } from '@jest/globals';
import { killSweep } from '../support/kill-sweep.js';
import { type Target, TARGETS } from '../support/victims.js';

/** Kills of one sweep, and of all together; a sweep may end before it has had all of its own. */
const KILLS_EACH = 14;
const KILLS = 40;
const MINUTES = 60_000;

test(
  `a sweep of 60 cells keeps its promises through ${KILLS} and more kill -9 of its server, workers, sandbox and command`,
  async () => {
    const undisturbed = await killSweep({ seed: '0', kills: 0, expected: null });
    expect(undisturbed.problems).toEqual([]);
    expect(new Set(undisturbed.verdicts.values())).toEqual(new Set(['pass', 'fail']));
    expect(undisturbed.requests).toBe(undisturbed.generations);

    const killed: Target[] = [];
    for (let seed = 1; killed.length < KILLS; seed += 1) {
      const report = await killSweep({ seed: String(seed), kills: KILLS_EACH, expected: undisturbed.verdicts });
      expect(report.problems).toEqual([]);
      expect(report.watched).toBeGreaterThan(0);
      expect(report.killed).not.toEqual([]);
      killed.push(...report.killed);
    }
    expect(new Set(killed)).toEqual(new Set(TARGETS));
  },
  12 * MINUTES,
);
