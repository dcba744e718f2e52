import { expect, test } from '@jest/globals';
import { cleanLines, endsInDownload } from '../../../domain/recorded/clean-text.js';

test.each<[string, string, string[]]>([
  ['plain lines stay', 'a\n  b\n\n', ['a', '  b']],
  ['of a line that was overwritten its last state', 'one\rtwo\rthree\nfour\r\n', ['three', 'four']],
  ['a progress bar', 'config.json: 100%|██████| 1.68k/1.68k [00:00<00:00, 204kB/s]\nError: x', ['Error: x']],
  ['a notice of TensorFlow', '2023-11-30 17:43:49.104005: I tensorflow/core/x.cc:182] AVX2 Error\nok', ['ok']],
  [
    'a warning with its line of source',
    "/lib/hub.py:184: UserWarning: not installed. Error message: '{e}'\n  warnings.warn(\nok",
    ['ok'],
  ],
  [
    'a download that was taken up again',
    'Error while downloading from https://x: Read timed out.\nTrying to resume download...\nok',
    ['ok'],
  ],
  ['a record of a log below an error', '11/30/2023 23:13:56 - WARNING - urllib3 - Retrying: ProxyError\nok', ['ok']],
  ['colours', '\u001B[31mred\u001B[0m', ['red']],
])('%s', (_, text, lines) => {
  expect(cleanLines(text)).toEqual(lines);
});

test('a download under way at the end', () => {
  const bar = (share: number): string => `model.bin: ${share}%|██ | 10.5M/5.69G [00:19<2:53:44, 545kB/s]`;
  expect(endsInDownload(`x\n${bar(3)}`)).toBe(true);
  expect(endsInDownload(`x\n${bar(100)}`)).toBe(false);
  expect(endsInDownload(`${bar(100)}\n${bar(40)}`)).toBe(false);
  expect(endsInDownload('done')).toBe(false);
});
