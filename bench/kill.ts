import { type KillReport, killSweep } from '../test/support/kill-sweep.js';

/** Kills of one sweep; it may end before it has had them all. */
const KILLS_EACH = 14;

/** The kill suite at length: sweeps that are killed until `rounds` kills were made. False if something went wrong. */
export async function benchKill(rounds: number, seed: string): Promise<boolean> {
  const say = (text: string): void => void process.stdout.write(`${text}\n`);
  const undisturbed = await killSweep({ seed, kills: 0, expected: null });
  say(line('undisturbed', undisturbed));
  let kills = 0;
  let problems = undisturbed.problems.length;
  for (let n = 1; kills < rounds && problems === 0; n += 1) {
    const report = await killSweep({
      seed: `${seed}.${n}`,
      kills: Math.min(KILLS_EACH, rounds - kills),
      expected: undisturbed.verdicts,
    });
    kills += report.killed.length;
    problems += report.problems.length;
    say(line(`sweep ${n} (${kills} of ${rounds} kills)`, report));
  }
  say(problems === 0 ? `${kills} kills; every cell has one row, no stored answer was asked for again` : 'FAILED');
  return problems === 0;
}

function line(what: string, { killed, seconds, requests, generations, watched, gaveUp, problems }: KillReport): string {
  const asked = `${requests} requests for ${generations} generations, ${watched} answers watched, command gave up ${gaveUp} times`;
  return [`${what}: ${seconds.toFixed(0)} s, ${asked}; killed ${killed.join(', ') || 'nothing'}`, ...problems].join(
    '\n  ',
  );
}
