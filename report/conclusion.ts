import type { Duel } from './compare.js';
import { grouped, points, probability } from './text.js';

const SURE = 0.05;

/** What the sentences about a duel are made of. */
export interface Matter {
  readonly duel: Duel;
  readonly name: string;
  readonly baseline: string;
  /** Tasks judged in every arm. */
  readonly tasks: number;
  /** Duels of the whole command: Holm's correction is for all of them. */
  readonly comparisons: number;
  /** The suite has more tasks than were run. */
  readonly isLimited: boolean;
}

/** Which is better, by how much, how sure, and what to run to know more: a paragraph each. */
export function conclusion(matter: Matter): string[] {
  const { duel, name, baseline, comparisons } = matter;
  const { difference, holm } = duel;
  if (difference === null) return [`${name} and ${baseline}: no task was judged in both.`];
  const { value, low, high, p } = difference;
  const [better, worse] = value > 0 ? [name, baseline] : [baseline, name];
  const [least, most] = value > 0 ? [low, high] : [-high, -low];
  const interval = `95 % interval ${points(least)} to ${points(most)}`;
  const amount = `${unsigned(value)} points (${interval})`;
  const among = comparisons > 1 ? `, ${probability(holm)} among ${comparisons} comparisons` : '';
  const against = low <= 0 && high >= 0 ? ' The interval holds 0; the exact test decides.' : '';
  if (holm < SURE) return [`${better} is better than ${worse} by ${amount}; p ${probability(p)}${among}.${against}`];
  const ahead =
    value === 0
      ? `${name} and ${baseline} came to the same (${interval}).`
      : `${better} is ahead of ${worse} by ${amount}, but were they equal, ${odds(p)} would look like this; p ${probability(p)}${among}.`;
  const doubt =
    low > 0 || high < 0
      ? p < SURE
        ? [`By itself that were enough; among ${comparisons} comparisons it is not.`]
        : ['The interval leaves out 0; with so few flips the exact test decides.']
      : [];
  return [['No difference is shown.', ahead, ...doubt].join(' '), more(matter)];
}

function more({ duel, tasks, isLimited }: Matter): string {
  const { smallest, tasksNeeded, samplesNeeded, difference } = duel;
  const shows =
    smallest === null
      ? `${tasks} tasks can show no difference at all.`
      : `${tasks} tasks show ${unsigned(smallest)} points or more in 4 of 5 experiments.`;
  if (tasksNeeded === null || difference === null) return `To know more: ${shows}`;
  const moreTasks = `about ${grouped(tasksNeeded)} tasks like these (${isLimited ? 'a higher limit of the suite' : 'another suite'})`;
  const samples =
    samplesNeeded === null
      ? difference.test === 'mcnemar' && smallest !== null
        ? ', or with samples: 5 and a temperature above 0'
        : ''
      : `, or with about samples: ${samplesNeeded}`;
  return `To know more: ${shows} To show what was seen, run the same under another name (--name) with ${moreTasks}${samples}.`;
}

function unsigned(share: number): string {
  return points(Math.abs(share)).replace('+', '');
}

/** "1 comparison in 8": how often chance alone does it. */
function odds(p: number): string {
  if (p > 0.995) return 'every comparison';
  return p > 0.5 ? `${Math.round(100 * p)} comparisons in 100` : `1 comparison in ${grouped(Math.round(1 / p))}`;
}
