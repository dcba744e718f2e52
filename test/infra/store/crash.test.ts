import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, test } from '@jest/globals';
import { packagePath } from '../../../infra/package-path.js';
import { openAnswerStore } from '../../../infra/store/answers.js';
import { openBlobStore } from '../../../infra/store/blobs.js';
import { readJournals } from '../../../infra/store/journal.js';
import { temporaryHomes } from './home.js';
import { makeResult } from './results.js';

const newHome = temporaryHomes();

/** Stores blobs, answers and rows, eight at a time, and prints the number of each cell once all three are durable. */
const WRITER = `
  const [home, dist, first, result] = process.argv.slice(1);
  const load = (name) => import(dist + '/infra/store/' + name + '.js');
  const { openBlobStore } = await load('blobs');
  const { openAnswerStore } = await load('answers');
  const { openJournal } = await load('journal');
  const [blobs, answers] = [openBlobStore(home), openAnswerStore(home, 'demo')];
  const journal = await openJournal(home, 'demo', 'w');
  const template = JSON.parse(result);
  let next = Number(first);
  async function work() {
    for (;;) {
      const number = next++;
      const completionSha256 = await blobs.put('answer ' + number);
      await answers.save('key ' + number, { requestSha256: completionSha256, completionSha256, finishReason: 'stop',
        promptTokens: 1, completionTokens: 1, costUsd: 0, ms: 1, model: 'm', storedAt: 1 });
      await journal.append({ ...template, cell: { ...template.cell, cellId: 'c' + number, sample: number } });
      process.stdout.write(number + '\\n');
    }
  }
  await Promise.all(Array.from({ length: 8 }, work));
`;

/** Runs a writer, kills it after so many durable cells, and returns their numbers. */
async function writeAndKill(home: string, first: number, kills: number): Promise<number[]> {
  const args = ['--input-type=module', '-e', WRITER, home, packagePath('dist'), String(first)];
  const writer = spawn(process.execPath, [...args, JSON.stringify(makeResult())], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(writer, 'exit');
  const durable: number[] = [];
  for await (const line of createInterface(writer.stdout)) {
    durable.push(Number(line));
    if (durable.length === kills) writer.kill('SIGKILL');
  }
  await exited;
  return durable;
}

test('kill -9 at any moment loses nothing that was acknowledged and breaks nothing', async () => {
  const home = newHome();
  const durable = new Set<number>();
  for (const kills of [1, 2, 3, 5, 17, 40, 101, 150]) {
    const numbers = await writeAndKill(home, durable.size === 0 ? 0 : Math.max(...durable) + 1, kills);
    expect(numbers.length).toBeGreaterThanOrEqual(kills);
    for (const number of numbers) durable.add(number);
  }
  const rows = await readJournals(home, 'demo');
  const read = new Set(rows.map(({ cell }) => cell.sample));
  expect([...durable].filter((number) => !read.has(number))).toEqual([]);
  for (const row of rows) {
    const { sample } = row.cell;
    expect(row).toEqual(makeResult({ sample, cellId: `c${sample}` }));
  }
  const [answers, blobs] = [openAnswerStore(home, 'demo'), openBlobStore(home)];
  for (const number of durable) {
    const answer = await answers.find(`key ${number}`);
    expect(await blobs.get(answer?.completionSha256 ?? '')).toBe(`answer ${number}`);
  }
  await blobs.sweepTemp();
  const files = readdirSync(join(home, 'store'), { recursive: true, encoding: 'utf8' });
  expect(files.filter((name) => name.endsWith('.tmp'))).toEqual([]);
});
