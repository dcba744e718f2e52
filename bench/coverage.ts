import { mulberry32 } from '../report/random.js';
import { pairedDifference, type TaskPair } from '../report/paired.js';
import { clopperPearson, clustered, type Interval, passAtK, wilson } from '../report/statistics.js';

const TASKS = [20, 50, 164, 500];
const SAMPLES = 5;
/** Of pass@k with several samples. */
const K = 3;
/** What simulated coverage, taken over all true scores, must lie between. */
const GOAL = { low: 0.93, high: 0.97 };

type Random = () => number;
/** One experiment with `tasks` tasks: whether the interval held what is true. */
type Experiment = (random: Random, tasks: number) => boolean;

/** Intervals and the truths that they are tried on; those that a report shows are held to the goal. */
const EXPERIMENTS: readonly { readonly name: string; readonly isHeld: boolean; readonly run: Experiment }[] = [
  { name: 'pass@1, one sample: Wilson', isHeld: true, run: oneSample(wilson, 0, 1) },
  { name: '  where 2 to 10 % pass', isHeld: false, run: oneSample(wilson, 0.02, 0.1) },
  { name: '  where 90 to 98 % pass', isHeld: false, run: oneSample(wilson, 0.9, 0.98) },
  {
    name: 'pass@1, one sample: Clopper-Pearson',
    isHeld: false,
    run: oneSample((p, n) => clopperPearson(Math.round(p * n), n), 0, 1),
  },
  { name: `pass@1, ${SAMPLES} samples: clustered`, isHeld: true, run: severalSamples(0.05, 0.95) },
  { name: '  where 5 to 15 % pass', isHeld: false, run: severalSamples(0.05, 0.15) },
  { name: `pass@${K}, ${SAMPLES} samples: clustered`, isHeld: true, run: severalSamples(0.05, 0.95, K) },
  { name: 'difference, one sample: Agresti-Min', isHeld: true, run: pairs(1, 0.1, 0.5) },
  { name: '  where 2 to 10 % of tasks differ', isHeld: false, run: pairs(1, 0.02, 0.1) },
  { name: `difference, ${SAMPLES} samples: bootstrap`, isHeld: true, run: pairs(SAMPLES, 0.1, 0.5) },
];

/** Simulates experiments whose truth is known and prints how often each 95 % interval holds it. False if a goal is missed. */
export function benchCoverage(rounds: number): boolean {
  const say = (text: string): void => void process.stdout.write(`${text}\n`);
  say(`Share of ${rounds} simulated experiments whose 95 % interval holds the truth, in %`);
  say(`${'tasks'.padEnd(40)}${TASKS.map((tasks) => String(tasks).padStart(7)).join('')}`);
  let isGood = true;
  for (const { name, isHeld, run } of EXPERIMENTS) {
    const shares = TASKS.map((tasks) => coverage(run, tasks, rounds));
    const isWithin = shares.every((share) => share >= GOAL.low && share <= GOAL.high);
    isGood &&= isWithin || !isHeld;
    const verdict = isHeld ? (isWithin ? '  held' : '  MISSED') : '';
    say(`${name.padEnd(40)}${shares.map((share) => (100 * share).toFixed(1).padStart(7)).join('')}${verdict}`);
  }
  say(
    'Held to 93 to 97 %: true scores drawn evenly from 0 to 1 (5 samples: 0.05 to 0.95), tasks that differ from 10 to 50 %.',
  );
  return isGood;
}

function coverage(run: Experiment, tasks: number, rounds: number): number {
  const random = mulberry32(tasks);
  let held = 0;
  for (let round = 0; round < rounds; round += 1) held += Number(run(random, tasks));
  return held / rounds;
}

function holds({ low, high }: Interval, truth: number): boolean {
  return low <= truth && truth <= high;
}

function between(random: Random, low: number, high: number): number {
  return low + random() * (high - low);
}

function passes(random: Random, n: number, p: number): number {
  let c = 0;
  for (let i = 0; i < n; i += 1) c += Number(random() < p);
  return c;
}

function oneSample(interval: (p: number, n: number) => Interval, low: number, high: number): Experiment {
  return (random, tasks) => {
    const truth = between(random, low, high);
    return holds(interval(passes(random, tasks, truth) / tasks, tasks), truth);
  };
}

/** Tasks are solved with chances from a beta distribution, as wide as an even one, whose mean lies between these. */
function severalSamples(low: number, high: number, k = 1): Experiment {
  return (random, tasks) => {
    const mean = between(random, low, high);
    const values = Array.from({ length: tasks }, () =>
      passAtK(SAMPLES, passes(random, SAMPLES, beta(random, 2 * mean, 2 * (1 - mean))), k),
    );
    return holds(clustered(values), 1 - allFail(2 * (1 - mean), k));
  };
}

/** Chance that k samples all fail, where tasks fail with chances from a beta distribution with parameters b and 2 - b. */
function allFail(b: number, k: number): number {
  let chance = 1;
  for (let i = 0; i < k; i += 1) chance *= (b + i) / (2 + i);
  return chance;
}

/** Each task is gained, lost, or the same in both arms; of the tasks that differ at least half are gained. */
function pairs(samples: number, low: number, high: number): Experiment {
  return (random, tasks) => {
    const differing = between(random, low, high);
    const gained = differing * between(random, 0.5, 1);
    const found = Array.from({ length: tasks }, (_, at): TaskPair => {
      const [a, b] = arms(random, gained, differing, samples === 1 ? [0, 1] : [0.2, 0.8]);
      return {
        taskId: String(at),
        a: { n: samples, c: passes(random, samples, a) },
        b: { n: samples, c: passes(random, samples, b) },
      };
    });
    const interval = pairedDifference(found);
    return interval !== null && holds(interval, (2 * gained - differing) * (samples === 1 ? 1 : 0.6));
  };
}

/** The chances of both arms on one task: the two given where they differ, the better one for both where they do not. */
function arms(random: Random, gained: number, differing: number, [worse, better]: [number, number]): [number, number] {
  const draw = random();
  if (draw >= differing) return [better, better];
  return draw < gained ? [worse, better] : [better, worse];
}

/** Jöhnk's method (1964): good for the small parameters that it is asked for here. */
function beta(random: Random, a: number, b: number): number {
  for (;;) {
    const [x, y] = [random() ** (1 / a), random() ** (1 / b)];
    if (x + y <= 1 && x + y > 0) return x / (x + y);
  }
}
