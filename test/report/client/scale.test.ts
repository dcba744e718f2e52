import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { bytes, dollars, duration, short } from '../../../report/client/format.js';
import { pythonLines } from '../../../report/client/python.js';
import { apart, logTicks, ticks } from '../../../report/client/scale.js';

test('labels keep their order, their distance and to their axis', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 400, noNaN: true }), { minLength: 1, maxLength: 20 }), (wished) => {
      const placed = apart(wished, 10, 0, 400);
      const sorted = wished.map((_, at) => at).sort((a, b) => (wished[a] ?? 0) - (wished[b] ?? 0) || a - b);
      for (const [at, index] of sorted.entries()) {
        const [place = 0, before = -10] = [placed[index], placed[sorted[at - 1] ?? -1]];
        expect(place - before).toBeGreaterThanOrEqual(9.999);
        expect(place).toBeLessThanOrEqual(400);
      }
    }),
  );
  expect(apart([100, 200], 10, 0, 400)).toEqual([100, 200]);
});

test('ticks are round and within their bounds', () => {
  expect(ticks(0, 1, 5)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
  expect(ticks(0.33, 0.97, 5)).toEqual([0.4, 0.6, 0.8]);
  expect(ticks(1, 12, 10)).toEqual([2, 4, 6, 8, 10, 12]);
  expect(logTicks(30, 900)).toEqual([50, 100, 200, 500]);
});

test('figures are short', () => {
  expect([short(9_999), short(12_345), short(2_345_678)]).toEqual(['9,999', '12 k', '2.3 M']);
  expect([duration(840), duration(12_400), duration(185_000), duration(7_800_000)]).toEqual([
    '840 ms',
    '12.4 s',
    '3:05 min',
    '2:10 h',
  ]);
  expect([dollars(0), dollars(0.00042), dollars(12.345)]).toEqual(['$0', '$0.00042', '$12.35']);
  expect([bytes(512), bytes(3_482), bytes(1_258_291)]).toEqual(['512 B', '3.4 KiB', '1.2 MiB']);
});

test('a program in pieces is the same program, whatever it holds', () => {
  const signs = fc.constantFrom('"', "'", '"""', '\\', '\n', '#', 'def ', 'x', '1.5', ' ', 'rb"', 'é', '\u{1F600}');
  fc.assert(
    fc.property(fc.array(signs, { maxLength: 30 }), (parts) => {
      const program = parts.join('');
      const lines = pythonLines(program).map((tokens) => tokens.map(({ text }) => text).join(''));
      expect(lines.join('\n')).toBe(program);
    }),
  );
  expect(pythonLines('def f(): # x\n    return """a\nb""" + 1')).toEqual([
    [
      { kind: 'keyword', text: 'def' },
      { kind: 'plain', text: ' ' },
      { kind: 'plain', text: 'f' },
      { kind: 'plain', text: '(): ' },
      { kind: 'comment', text: '# x' },
    ],
    [
      { kind: 'plain', text: '    ' },
      { kind: 'keyword', text: 'return' },
      { kind: 'plain', text: ' ' },
      { kind: 'string', text: '"""a' },
    ],
    [
      { kind: 'string', text: 'b"""' },
      { kind: 'plain', text: ' + ' },
      { kind: 'number', text: '1' },
    ],
  ]);
});
