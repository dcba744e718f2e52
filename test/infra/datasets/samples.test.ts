import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { readSamples, type SampleLine } from '../../../infra/datasets/samples.js';
import { temporaryHomes } from '../store/home.js';

const newFolder = temporaryHomes();

async function read(file: string): Promise<SampleLine[]> {
  const lines: SampleLine[] = [];
  for await (const line of readSamples(file)) lines.push(line);
  return lines;
}

const line = fc.record({
  taskId: fc.string({ minLength: 1 }),
  kind: fc.constantFrom('completion' as const, 'solution' as const),
  text: fc.string({ unit: 'binary' }),
});

test('whatever the texts, plain or zipped, with blank lines between: each line comes back with its number', async () => {
  const file = join(newFolder(), 'samples');
  await fc.assert(
    fc.asyncProperty(fc.array(line), fc.boolean(), fc.boolean(), async (samples, isZipped, hasBlanks) => {
      const json = samples.map(({ taskId, kind, text }) =>
        JSON.stringify({ task_id: taskId, [kind]: text, extra: [1] }),
      );
      const bytes = Buffer.from(json.map((each) => `${each}\n${hasBlanks ? '\n' : ''}`).join(''));
      await writeFile(file, isZipped ? gzipSync(bytes) : bytes);
      const expected = samples.map((sample, index) => ({ ...sample, line: hasBlanks ? 2 * index + 1 : index + 1 }));
      expect(await read(file)).toEqual(expected);
    }),
    { numRuns: 50 },
  );
});

test('a line ends at a line feed alone, with or without a carriage return: JSON may hold U+2028 and U+2029 as they are', async () => {
  const file = join(newFolder(), 'samples');
  const texts = ['# \u2028\nx = 1', '\u2029', 'y'];
  const json = texts.map((completion) => JSON.stringify({ task_id: 'a', completion }));
  await writeFile(file, json.join('\r\n'));
  expect((await read(file)).map(({ line, text }) => [line, text])).toEqual(texts.map((text, at) => [at + 1, text]));
});

test('a zipped file that is cut off is told, not taken for a shorter one', async () => {
  const file = join(newFolder(), 'cut.gz');
  const whole = gzipSync(`${JSON.stringify({ task_id: 'a', completion: 'x'.repeat(10_000) })}\n`.repeat(20));
  await writeFile(file, whole.subarray(0, whole.length - 12));
  await expect(read(file)).rejects.toMatchObject({ exitCode: 2, message: expect.stringContaining('cannot be read') });
});
