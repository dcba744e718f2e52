import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { boundLogs } from '../../infra/log-files.js';
import { temporaryHomes } from './store/home.js';

/** Appends numbered lines to its standard error: as many as it reads, then it says that it has. */
const WRITER = `
import os, sys
n = 0
for word in sys.stdin:
    for _ in range(int(word)):
        os.write(2, f'{sys.argv[1]} {n} {"." * 50}\\n'.encode())
        n += 1
    print('done', flush=True)
`;

const writers: ChildProcess[] = [];
afterEach(() => {
  for (const child of writers.splice(0)) child.kill('SIGKILL');
});

const newHome = temporaryHomes();
function newLogs(): { home: string; logs: string } {
  const home = newHome();
  const logs = join(home, 'logs');
  mkdirSync(logs);
  return { home, logs };
}

/** Processes that write to one log, which each was handed open as workers are. */
function startWriters(log: string, names: readonly string[]): ChildProcess[] {
  const out = openSync(log, 'a');
  const found = names.map((name) => spawn('python3', ['-c', WRITER, name], { stdio: ['pipe', 'pipe', out] }));
  closeSync(out);
  writers.push(...found);
  return found;
}

async function writeEach(children: readonly ChildProcess[], lines: number): Promise<void> {
  const done = children.flatMap(({ stdout }) => (stdout === null ? [] : [once(stdout, 'data')]));
  for (const { stdin } of children) stdin?.write(`${lines}\n`);
  await Promise.all(done);
}

/** The lines of a log, oldest first. */
function linesOf(logs: string, name: string): string[] {
  const files = readdirSync(logs).filter((file) => file.startsWith(`${name}.`));
  const age = (file: string): number => Number(/\d+/.exec(file)?.[0] ?? 0);
  const texts = files.toSorted((a, b) => age(b) - age(a)).map((file) => readFileSync(join(logs, file), 'utf8'));
  return texts.join('').split('\n').slice(0, -1);
}

test('a log that is long goes into files of its own, of which a few are kept, while several processes write to it', async () => {
  const { home, logs } = newLogs();
  const bounds = { maxBytes: 9_000, kept: 3 };
  const children = startWriters(join(logs, 'model.log'), ['a', 'b', 'c']);
  for (let round = 0; round < 6; round += 1) {
    await writeEach(children, 60);
    expect(statSync(join(logs, 'model.log')).size).toBeGreaterThan(bounds.maxBytes);
    await boundLogs(home, bounds);
    expect(statSync(join(logs, 'model.log')).size).toBe(0);
  }
  await writeEach(children, 1);
  expect(readdirSync(logs).toSorted()).toEqual(['model.1.log', 'model.2.log', 'model.3.log', 'model.log']);
});

test('no line is lost as long as its file is kept, and each is whole', async () => {
  const { home, logs } = newLogs();
  const children = startWriters(join(logs, 'model.log'), ['a', 'b', 'c']);
  for (let round = 0; round < 4; round += 1) {
    await writeEach(children, 100);
    await boundLogs(home, { maxBytes: statSync(join(logs, 'model.log')).size, kept: 4 });
  }
  await writeEach(children, 100);
  const lines = linesOf(logs, 'model');
  for (const name of ['a', 'b', 'c'])
    expect(lines.filter((line) => line.startsWith(name))).toEqual(
      Array.from({ length: 500 }, (_, n) => `${name} ${n} ${'.'.repeat(50)}`),
    );
  expect(lines).toHaveLength(1_500);
});

test('lines that are written meanwhile stay whole and in order', async () => {
  const { home, logs } = newLogs();
  const children = startWriters(join(logs, 'model.log'), ['a', 'b']);
  // As often as it takes: who is faster, writers or rotation, is chance.
  while (readdirSync(logs).length < 12) {
    const isDone = writeEach(children, 2_000).then(() => true);
    while (!(await Promise.race([isDone, nextTurn(false)]))) await boundLogs(home, { maxBytes: 20_000, kept: 1_000 });
  }
  const lines = linesOf(logs, 'model');
  expect(lines.filter((line) => !/^[ab] \d+ \.{50}$/.test(line))).toEqual([]);
  for (const name of ['a', 'b']) {
    const numbers = lines.filter((line) => line.startsWith(name)).map((line) => Number(line.split(' ')[1]));
    expect(numbers).toEqual([...new Set(numbers)].toSorted((x, y) => x - y));
  }
});

test('of a log that is longer than a file may be the last whole lines are kept', async () => {
  const line = fc.string({ unit: 'grapheme', maxLength: 40 }).map((text) => `${text.replaceAll(/[\n\r]/g, ' ')}\n`);
  await fc.assert(
    fc.asyncProperty(fc.array(line, { minLength: 1 }), fc.integer({ min: 1, max: 2_000 }), async (lines, maxBytes) => {
      const { home, logs } = newLogs();
      const text = lines.join('');
      writeFileSync(join(logs, 'control.log'), text);
      await boundLogs(home, { maxBytes, kept: 1 });
      if (Buffer.byteLength(text) < maxBytes) {
        expect(readdirSync(logs)).toEqual(['control.log']);
        return;
      }
      const wanted = lines.filter((_, at) => Buffer.byteLength(lines.slice(at).join('')) <= maxBytes).join('');
      expect(readFileSync(join(logs, 'control.log'), 'utf8')).toBe('');
      expect(readFileSync(join(logs, 'control.1.log'), 'utf8')).toBe(wanted);
    }),
  );
});

test('a log that is short, and what is no log, is left alone; so is a home without logs', async () => {
  const { home, logs } = newLogs();
  for (const name of ['model.log', 'model.7.log', 'notes.txt']) writeFileSync(join(logs, name), 'x'.repeat(99));
  await boundLogs(home, { maxBytes: 100, kept: 2 });
  writeFileSync(join(logs, 'model.log'), 'short');
  await boundLogs(home, { maxBytes: 50, kept: 2 });
  expect(readdirSync(logs).toSorted()).toEqual(['model.7.log', 'model.log', 'notes.txt']);
  await boundLogs(join(home, 'none'));
});
