import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { known, NEAR_DUPLICATE, resemblance } from '../../../domain/build/resemblance.js';

const WORDS = ['sorted', 'values', 'mean', 'of', 'the', 'largest', 'part', 'list', 'number', 'each', 'group', 'sum'];

/** A task of words, and of statements on names. */
const anyTask = fc
  .tuple(fc.array(fc.constantFrom(...WORDS), { maxLength: 30 }), fc.array(fc.constantFrom(...WORDS), { maxLength: 30 }))
  .map(([words, code]) => task('f', words.join(' '), code.map((name) => `    ${name} = ${name} + 1\n`).join('')));

function task(entryPoint: string, words: string, body: string) {
  const prompt = `import math\n\n\ndef ${entryPoint}(values):\n    """${words}"""\n`;
  return { prompt, entryPoint, reference: `${prompt}${body}` };
}

test('it is a share, the same from both sides, and 1 for a task and itself', () => {
  fc.assert(
    fc.property(anyTask, anyTask, (a, b) => {
      const [one, other] = [known('a', a), known('b', b)];
      const found = resemblance(one, other);
      expect(found).toBeGreaterThanOrEqual(0);
      expect(found).toBeLessThanOrEqual(1);
      expect(resemblance(other, one)).toBe(found);
      const isEmpty = one.words.length === 0 && one.code.length === 0;
      expect(resemblance(one, one)).toBe(isEmpty ? 0 : 1);
    }),
  );
});

const PURPOSE = 'The weighted mean of a list of numbers, where each number counts as often as its weight says.';
const BODY =
  '    total = sum(weights)\n    parts = [value * weight for value, weight in zip(values, weights)]\n    return sum(parts) / total\n';

test.each([
  ['another name of the function', task('g', PURPOSE, BODY)],
  ['other words', task('f', 'An average by weight.', BODY)],
  ['other code', task('f', PURPOSE, '    import numpy\n    return numpy.average(values, weights=weights)\n')],
  ['comments and white space', task('f', 'By weight.', BODY.replaceAll('\n', '  # here\n\n'))],
  ['letters in upper case', task('f', PURPOSE.toUpperCase(), '    return 0\n')],
])('%s makes no other task', (_, other) => {
  expect(resemblance(known('a', task('f', PURPOSE, BODY)), known('b', other))).toBeGreaterThanOrEqual(NEAR_DUPLICATE);
});

test('another purpose with other code does', () => {
  const other = task(
    'f',
    'How often each word of a text stands in it, by falling count.',
    '    counts = {}\n    for word in values:\n        counts[word] = counts.get(word, 0) + 1\n    return counts\n',
  );
  expect(resemblance(known('a', task('f', PURPOSE, BODY)), known('b', other))).toBeLessThan(0.1);
});
