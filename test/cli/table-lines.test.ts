import { expect, test } from '@jest/globals';
import { tableLines } from '../../cli/export.js';

test.each(['csv', 'jsonl'] as const)('lines of %s are made one at a time, as they are asked for', (format) => {
  let made = 0;
  function* rows(): Generator<{ number: number; text: string }> {
    for (;;) yield { number: (made += 1), text: 'a, "b"\n' };
  }
  const lines = tableLines(format, { number: 'int', text: 'text' }, rows());
  const first = Array.from({ length: 3 }, () => lines.next().value);
  expect(first).toEqual(
    format === 'csv'
      ? ['number,text\n', '1,"a, ""b""\n"\n', '2,"a, ""b""\n"\n']
      : [1, 2, 3].map((number) => `{"number":${number},"text":"a, \\"b\\"\\n"}\n`),
  );
  expect(made).toBe(format === 'csv' ? 2 : 3);
});
