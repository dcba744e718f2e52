import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readRuns, readTasks } from '../cli/rescore.js';
import type { HandLabel } from '../domain/rescore/label.js';
import { rescore, type RescoredRun } from '../domain/rescore/rescore.js';
import type { RecordedTask } from '../domain/rescore/strict.js';
import { readJsonLines } from '../infra/datasets/jsonl.js';
import { packagePath } from '../infra/package-path.js';
import { goldLabelSchema } from '../infra/parse/recorded.js';
import { agreement, renderConfusion, renderWrong } from '../report/agreement.js';

const DATA = packagePath('../shared/data/aicodereval');
/** What `strict` is held to, as shares of the labelled runs. */
const GOALS = { pass: 0.95, fault: 0.92 };

/**
 * Rescores the recorded runs that were labelled by hand and prints how far `strict` agrees with the labels. False if a
 * goal is missed, or if the data is not there.
 */
export async function benchRescore(): Promise<boolean> {
  const say = (text: string): void => void process.stdout.write(`${text}\n`);
  if (!existsSync(DATA)) {
    say(`The recorded runs are not there (${DATA}): nothing was measured.`);
    return false;
  }
  const runs = await readRuns(join(DATA, 'runs-v3-codellama-7b.jsonl.gz'));
  const labels = (await readJsonLines(join(DATA, 'gold-v3-codellama-7b.jsonl'), goldLabelSchema)).map(
    ({ value }) => value,
  );
  const tasks = await readTasks(join(DATA, 'tasks-v3-valid.jsonl.gz'));
  const authors = rescore('authors-v3', runs, new Map());
  say(`authors-v3: ${authors.filter(({ verdict }) => verdict === 'pass').length} of ${authors.length} pass`);
  const alone = rescore('strict', runs, new Map());
  report('from the logs alone', alone, labels, say);
  report('with the tasks', rescore('strict', runs, tasks), labels, say);
  reportReferences(tasks, labels, say);
  say(`\n${renderConfusion(alone, labels)}\n`);
  const found = agreement(alone, labels);
  say(renderWrong(found));
  return found.pass >= GOALS.pass * found.runs && found.fault >= GOALS.fault * found.runs;
}

function report(
  how: string,
  rows: readonly RescoredRun[],
  labels: readonly HandLabel[],
  say: (text: string) => void,
): void {
  const halves: [string, (row: RescoredRun) => boolean][] = [
    ['all', () => true],
    ['half that the rules were written on', ({ taskId }) => isWrittenOn(taskId)],
    ['other half', ({ taskId }) => !isWrittenOn(taskId)],
  ];
  for (const [name, belongs] of halves) {
    const { runs, pass, fault } = agreement(rows.filter(belongs), labels);
    say(`strict ${how}, ${name}: pass ${share(pass, runs)}, fault ${share(fault, runs)}`);
  }
}

/** The references' own runs, which nothing was written on: a pass where a reader saw the reference complete its test. */
function reportReferences(
  tasks: ReadonlyMap<string, RecordedTask>,
  labels: readonly HandLabel[],
  say: (text: string) => void,
): void {
  const references = [...tasks.values()].flatMap(({ reference }) => reference ?? []);
  const complete = new Map(labels.map(({ taskId, isReferenceComplete }) => [taskId, isReferenceComplete]));
  const agreed = rescore('strict', references, new Map()).filter(
    ({ taskId, verdict }) => (verdict === 'pass') === complete.get(taskId),
  );
  say(`strict on the references' own runs: pass ${share(agreed.length, references.length)}`);
}

/** Half of the tasks by chance, the same ones each time: rules were written on it, then tried on the other. */
function isWrittenOn(taskId: string): boolean {
  return Number.parseInt(createHash('sha1').update(taskId).digest('hex').slice(-1), 16) % 2 === 0;
}

function share(count: number, total: number): string {
  return `${count} of ${total} (${((100 * count) / Math.max(1, total)).toFixed(1)} %)`;
}
