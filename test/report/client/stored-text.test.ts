import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { programLines, textOf, wholeOf } from '../../../report/client/stored-text.js';
import { detailPart, type StoredTexts, type Text } from '../../../report/page/detail.js';
import { resultsOf } from '../../support/made-up-results.js';

/** A text as a page has it. */
function shortened(text: string): Text {
  const stored: StoredTexts = { text: () => text, messages: () => null, report: () => null, task: () => null };
  const { texts, cells } = detailPart(
    resultsOf((each) => each),
    stored,
  );
  return texts[cells[0]?.test ?? -1] ?? { missing: '' };
}

/** Lines that begin with their numbers. */
const programs = fc
  .array(fc.nat({ max: 300 }), { minLength: 300, maxLength: 900 })
  .map((lengths) => lengths.map((length, at) => `${at + 1} ${'x'.repeat(length)}`));

test('lines of a program have the numbers that they have in the whole of it, and what is left out has none', () => {
  fc.assert(
    fc.property(programs, fc.constantFrom('\n', '\r\n'), (lines, end) => {
      const text = shortened(lines.join(end));
      const shown = programLines(text);
      const gaps = shown.flatMap(({ number }, at) => (number === null ? [at] : []));
      expect(gaps).toHaveLength(wholeOf(text) === null ? 1 : 0);
      const [gap = -2] = gaps;
      for (const [at, { number, tokens }] of shown.entries()) {
        if (number === null) continue;
        const found = tokens.map((token) => token.text).join('');
        const line = lines[number - 1] ?? '';
        // The two lines beside the gap may be cut themselves.
        if (at === gap - 1) expect(line.startsWith(found.replace(/\r$/, ''))).toBe(true);
        else if (at === gap + 1) expect(line.endsWith(found)).toBe(true);
        else expect(found).toBe(line);
      }
      expect(shown.at(-1)?.number).toBe(lines.length);
    }),
    { numRuns: 30 },
  );
  const one = shortened('x'.repeat(100_000));
  expect(programLines(one).map(({ number }) => number)).toEqual([1, null, 1]);
});

test('a text that is missing has a line without a number that says so', () => {
  const text = { missing: 'store/aa/b' };
  expect(programLines(text).map(({ number }) => number)).toEqual([null]);
  expect([textOf(text), wholeOf(text)]).toEqual(['(not in the store any more: store/aa/b)', null]);
});
