import { expect, test } from '@jest/globals';
import { lastRaised, parseChains } from '../../../domain/recorded/traceback.js';

const frame = (file: string, line: number, name: string, code: string): string[] => [
  `  File "${file}", line ${line}, in ${name}`,
  `    ${code}`,
];

test('a chain of two, with frames, code and messages of several lines', () => {
  const chains = parseChains([
    'noise',
    'Traceback (most recent call last):',
    ...frame('/lib/net.py', 3, 'get', 'raise Timeout()'),
    'requests.exceptions.ReadTimeout: read',
    'During handling of the above exception, another exception occurred:',
    'Traceback (most recent call last):',
    ...frame('./p.py', 9, '<module>', 'test()'),
    ...frame('./p.py', 5, 'f', 'load()'),
    'OSError: cannot load',
    'Check your connection.',
  ]);
  expect(chains).toHaveLength(1);
  expect(chains[0]?.map(({ type }) => type)).toEqual(['ReadTimeout', 'OSError']);
  const last = lastRaised(chains[0] ?? []);
  expect(last.message).toBe('cannot load\nCheck your connection.');
  expect(last.frames.at(-1)).toEqual({ file: './p.py', line: 5, name: 'f', code: 'load()' });
});

test('tracebacks that are not linked are chains of their own', () => {
  const one = ['Traceback (most recent call last):', ...frame('a.py', 1, '<module>', 'x'), 'KeyboardInterrupt'];
  expect(parseChains([...one, ...one]).map((chain) => chain.map(({ type }) => type))).toEqual([
    ['KeyboardInterrupt'],
    ['KeyboardInterrupt'],
  ]);
});

test('a syntax error has no calls', () => {
  const [chain = []] = parseChains([
    '  File "./p.py", line 58',
    "    x = '",
    '        ^',
    'SyntaxError: EOL while scanning',
  ]);
  expect(lastRaised(chain)).toMatchObject({ type: 'SyntaxError', frames: [{ line: 58, name: '<module>' }] });
});

test('one that is cut off has no class', () => {
  const [chain = []] = parseChains(['Traceback (most recent call last):', ...frame('a.py', 1, 'f', 'x')]);
  expect(lastRaised(chain).type).toBe('');
});
