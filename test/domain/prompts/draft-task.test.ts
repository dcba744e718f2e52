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
    ['a draft', [], 'draft-task/2', '63986a3428d5005e'],
    ['a correction', [turn('broken')], 'correct-task/2', '25464f6133f6da08'],
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
  expect((begin?.length ?? 0) > 2_000 && end?.includes('Moves what is')).toBe(true);
});

describe('a correction', () => {
  test('shows the draft, what was wrong with it, its run, and what to do', () => {
    const { messages } = draftPrompt(record, [turn('off-topic'), turn('broken')]);
    expect(messages.map(({ role }) => role)).toEqual(['user', 'assistant', 'user']);
    expect(messages[1]?.content).toBe('the draft');
    expect(messages[2]?.content).toMatch(/^Correction 2 .*\(broken\)\. what was seen\./);
    expect(messages[2]?.content).toContain('the program failed the tests.');
    expect(messages[2]?.content).toContain('by hand');
  });

  test('of an answer that was cut off asks for a shorter one, and does not show it', () => {
    const { messages } = draftPrompt(record, [turn('length')]);
    expect(messages).toHaveLength(1);
    expect(messages[0]?.content).not.toContain('the draft');
    expect(messages[0]?.content).toContain('much shorter');
  });

  test('of an empty answer, as of one that a host withholds, is the same question anew', () => {
    expect(draftPrompt(record, [turn('content-filter', ' \n')])).toEqual(draftPrompt(record, []));
  });
});
