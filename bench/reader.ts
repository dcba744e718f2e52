import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { packagePath } from '../infra/package-path.js';
import { misreadings, mutatedProgram, ownPrograms } from '../test/support/reader-fuzz.js';

const DATA = packagePath('../shared/data/aicodereval/tasks-v4.jsonl.gz');
const AT_ONCE = 500;

/** Has the AICoderEval reader read mutated programs. False if it did one thing that it must not. */
export async function benchReader(programs: number, seed: string): Promise<boolean> {
  const bases = [...ownPrograms(), ...(existsSync(DATA) ? contents() : [])];
  const say = (text: string): void => void process.stdout.write(`${text}\n`);
  const folder = await mkdtemp(join(tmpdir(), 'aicodereval-reader-'));
  const began = Date.now();
  let wrong = 0;
  for (let read = 0; read < programs; read += AT_ONCE) {
    const numRuns = Math.min(AT_ONCE, programs - read);
    const some = fc.sample(mutatedProgram(bases), { numRuns, seed: Number(seed) + read });
    const found = await misreadings(some, folder);
    wrong += found.length;
    for (const each of found) say(`from ${read}: ${each}`);
  }
  await rm(folder, { recursive: true });
  const seconds = ((Date.now() - began) / 1_000).toFixed(0);
  say(`${programs} programs mutated from ${bases.length}: ${wrong} misread, in ${seconds} s`);
  return wrong === 0;
}

function contents(): string[] {
  const lines = gunzipSync(readFileSync(DATA)).toString().split('\n');
  return lines.flatMap((line) => (line === '' ? [] : [(JSON.parse(line) as { content: string }).content]));
}
