import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import type { ProblemKind } from '../../../domain/build/build.js';
import type { DocRecord } from '../../../domain/build/record.js';
import { draftPrompt, type DraftTurn } from '../../../domain/prompts/draft-task.js';

const record: DocRecord = {
  id: 'numpy.roll',
  library: 'numpy',
  version: '2.4.6',
  name: 'numpy.roll',
  signature: 'numpy.roll(a, shift, axis=None)',
  documentation: 'Moves what is at the end to the beginning.',
  source: 'data',
  domain: null,
};
const turn = (kind: ProblemKind, completion = 'the draft'): DraftTurn => ({
  completion,
  problem: { kind, evidence: 'what was seen' },
  trace: 'the program failed the tests.',
});

describe('the id of the prompt for a task changes with its text', () => {
  test.each([
    ['a draft', [], 'draft-task/2', '5b43a05e8c90122d'],
    ['a correction', [turn('broken')], 'correct-task/2', 'c21825dd3eea2c1f'],
  ])('%s', (_, turns, id, sha256) => {
    const prompt = draftPrompt(record, turns);
    const digest = createHash('sha256').update(JSON.stringify(prompt.messages)).digest('hex');
    // A new text wants a new id in domain/prompts; then put both here.
    expect([prompt.id, digest.slice(0, 16)]).toEqual([id, sha256]);
  });
});

test('prompts of all records begin alike, for hosts that keep a beginning; what differs comes last', () => {
  const other = draftPrompt({ ...record, name: 'pandas.cut', documentation: 'Bins.' }, []).messages[0]?.content ?? '';
  const [begin, end] = (draftPrompt(record, []).messages[0]?.content ?? '').split('API: `numpy.roll`');
  expect(other.startsWith(begin ?? '-')).toBe(true);
  expect((begin?.length ?? 0) > 1_000 && end?.includes('Moves what is')).toBe(true);
});

describe('a correction', () => {
  test('shows the last draft in a prompt of its own, what was wrong with it, its run, and what to do', () => {
    const { messages } = draftPrompt(record, [turn('off-topic', 'the first draft'), turn('broken')]);
    expect(messages.map(({ role }) => role)).toEqual(['user']);
    const text = messages[0]?.content ?? '';
    expect(text).toMatch(/API: `numpy\.roll`[^]*Correction 2 .*\(broken\)\. what was seen\./);
    for (const shown of ['the draft', 'the program failed the tests.', 'by hand']) expect(text).toContain(shown);
    expect(text).not.toContain('the first draft');
  });

  test('of an answer that was cut off asks for a shorter one, and does not show it', () => {
    const text = draftPrompt(record, [turn('length', 'endless')]).messages[0]?.content;
    expect(text).not.toContain('endless');
    expect(text).toContain('much shorter');
  });

  test('copies no more of a docstring than what it does and its arguments', () => {
    const documentation = `Rolls.\n\nParameters\n----------\n${'a: what is rolled\n'.repeat(20)}\nSee Also\n--------\nother\n`;
    const text = draftPrompt({ ...record, documentation }, []).messages[0]?.content;
    expect(text).toContain('a: what is rolled');
    expect(text).not.toMatch(/See Also|other\n/);
  });

  test.each([
    ['an empty answer, as of one that a host withholds,', 'content-filter', ' \n'],
    ['thinking alone', 'no-code', '<think>What could I write?</think>\n'],
  ] as const)('of %s is the same question anew', (_, kind, completion) => {
    expect(draftPrompt(record, [turn(kind, completion)])).toEqual(draftPrompt(record, []));
  });

  test('of thinking that was cut off asks for a shorter one', () => {
    expect(draftPrompt(record, [turn('length', '<think>What could I')]).messages[0]?.content).toContain('much shorter');
  });
});
