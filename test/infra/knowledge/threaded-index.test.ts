import { setTimeout } from 'node:timers/promises';
import { afterAll, expect, test } from '@jest/globals';
import { questionIn } from '../../../infra/knowledge/question.js';
import { KnowledgeIndex } from '../../../infra/knowledge/search.js';
import { ThreadedIndex } from '../../../infra/knowledge/threaded-index.js';
import { parseEntries } from '../../../infra/parse/knowledge.js';
import { threadCpuMs } from '../../support/cpu-time.js';

const WORDS = 'mean sum sort load linear tensor frame scale split count merge rank shift clip pad roll join map'.split(
  ' ',
);
const wordOf = (number: number): string => WORDS[number % WORDS.length] ?? '';

/** As many entries as an environment has, a library a text, whose names are all different. */
const TEXTS = Array.from({ length: 10 }, (_, library) =>
  Array.from({ length: 2_000 }, (__, at) => {
    const name = `lib${library}.${wordOf(at)}.${wordOf(at >> 4)}_${wordOf(at >> 8)}_${at}`;
    const doc = `Returns the ${wordOf(at)} of ${wordOf(at + 3)} by ${wordOf(at >> 3)} number ${at}, as ${name} does it.`;
    return JSON.stringify({ name, kind: 'function', signature: '(x, *, axis=0)', doc, parameters: ['x: numbers'] });
  }).join('\n'),
);
const QUESTIONS = [
  'lib3.sum.mean_sort_17',
  'scale of a frame by rank',
  'AttributeError: module lib2 has no attribute padd',
].map((text) => questionIn(text, ''));

const BEAT_MS = 5;

const open: ThreadedIndex[] = [];
function openIndex(texts: readonly string[]): ThreadedIndex {
  const index = new ThreadedIndex({ texts, records: [] }, 'd');
  open.push(index);
  return index;
}
afterAll(() => Promise.all(open.map((index) => index.retire())));

/** The longest that this thread worked without giving a turn while something was done, in milliseconds of processor time. */
async function longestDelay(work: () => Promise<unknown>): Promise<number> {
  let [longest, last] = [0, threadCpuMs()];
  const done = new AbortController();
  const beat = async (): Promise<void> => {
    while (!done.signal.aborted) {
      await setTimeout(BEAT_MS);
      longest = Math.max(longest, threadCpuMs() - last);
      last = threadCpuMs();
    }
  };
  const beating = beat();
  await work();
  done.abort();
  await beating;
  return longest;
}

test('while an index is made and searched this thread goes on: heartbeats and other activities have their turn', async () => {
  const began = threadCpuMs();
  const here = new KnowledgeIndex(TEXTS.flatMap(parseEntries));
  const expected = QUESTIONS.map((question) => here.find(question));
  const inThisThread = threadCpuMs() - began;

  let found: unknown;
  const delay = await longestDelay(async () => {
    const index = openIndex(TEXTS);
    found = await Promise.all(QUESTIONS.map((question) => index.find(question)));
  });
  expect(found).toEqual(expected);
  // All of it took this long in one thread.
  expect(delay).toBeLessThan(inThisThread / 4);
}, 120_000);

test('what was asked is answered before the thread is ended; a thread that has ended says so', async () => {
  const index = openIndex(TEXTS.slice(0, 1));
  const asked = QUESTIONS.map((question) => index.find(question));
  await index.retire();
  expect(await Promise.all(asked)).toHaveLength(QUESTIONS.length);
  await expect(index.find(questionIn('mean', ''))).rejects.toMatchObject({ type: 'StoreUnavailable' });
});

test('a thread that dies takes no question along without an answer', async () => {
  const index = openIndex([0 as unknown as string]);
  await expect(index.find(questionIn('mean', ''))).rejects.toThrow('split');
  await index.ended;
});
