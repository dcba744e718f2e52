import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Ended, processesOf, runCli, startCli, until } from '../support/cli.js';
import { draftAnswer, recordLine, soundDraft } from '../support/drafts.js';
import { type FaultServer, startFaultServer } from '../support/fault-server.js';
import { homesWithTools } from '../support/home-with-tools.js';
import { storedAnswers } from '../support/stored-answers.js';

const newHome = homesWithTools();
const NAMES = Array.from({ length: 10 }, (_, number) => `thing${number}`);

let host: FaultServer;
beforeAll(async () => {
  host = await startFaultServer({
    delayMs: 400,
    reply: ({ messages }) => {
      const asked = messages.at(-1)?.content ?? '';
      const number = NAMES.findIndex((name) => asked.includes(`\`tools.${name}\``));
      const draft = soundDraft(NAMES[number] ?? '', number + 1);
      // Every other one needs a correction.
      const isFirst = number % 2 === 1 && !asked.includes('Correction 1 of the task');
      return { kind: 'answer', text: draftAnswer(isFirst ? { ...draft, cases: ['f([1]) == 99'] } : draft) };
    },
  });
});
afterAll(() => host.close());

function command(home: string): string[] {
  const records = join(dirname(home), 'records.jsonl');
  writeFileSync(records, NAMES.map(recordLine).join(''));
  return ['build-dataset', '--home', home, '--json', '--model', 'openai:any', '--base-url', host.baseUrl].concat([
    '--records',
    records,
    '--environment',
    'base',
    '--tasks',
    '10',
    '--mutants',
    '3',
  ]);
}

function tasksOf(home: string): { task_id: string; content: string }[] {
  const lines = readFileSync(join(home, 'builds', 'dataset', 'tasks.jsonl'), 'utf8')
    .trim()
    .split('\n');
  return lines.map((line) => JSON.parse(line) as { task_id: string; content: string });
}

test('killed in the middle, twice, a build pays for nothing twice and comes to the same tasks', async () => {
  const whole = await newHome();
  const undisturbed = await runCli(command(whole), { limitMs: 200_000 });
  expect(undisturbed.code).toBe(0);
  expect(tasksOf(whole).map(({ task_id }) => task_id)).toEqual(NAMES);
  const asked = host.counts();
  expect(new Set(Object.values(asked))).toEqual(new Set([1]));
  expect(Object.keys(asked)).toHaveLength(15);

  const home = await newHome();
  const folder = join(home, 'builds', 'dataset');
  const paid = new Map<string, number>();
  for (const stored of [3, 9]) {
    const running = startCli(command(home), { limitMs: 0 });
    await until(`${stored} answers are stored`, async () => (await storedAnswers(folder)).length >= stored, 90);
    for (const pid of [...(await processesOf(home)), running.child.pid ?? 0]) {
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // It has ended by itself.
      }
    }
    await running.ended;
    const keys = await storedAnswers(folder);
    for (const key of keys) if (!paid.has(key)) paid.set(key, host.counts()[key] ?? 0);
  }
  const resumed: Ended = await runCli(command(home), { limitMs: 200_000 });
  expect(resumed.code).toBe(0);
  const counts = host.counts();
  expect([...paid].filter(([key, count]) => counts[key] !== count)).toEqual([]);
  expect(paid.size).toBeGreaterThanOrEqual(9);
  expect(tasksOf(home).map(({ task_id, content }) => [task_id, content])).toEqual(
    tasksOf(whole).map(({ task_id, content }) => [task_id, content]),
  );
  expect(await processesOf(home)).toEqual([]);
}, 500_000);
