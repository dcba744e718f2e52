import * as fc from 'fast-check';
import { expect, test } from '@jest/globals';
import { lineForPeople } from '../../infra/log-line.js';
import { redactor } from '../../infra/redact.js';

const PLAIN = { isColoured: false, isTerminal: false };

test('a line holds time, level, message, what went wrong, the cell, and what else there is', () => {
  const line = JSON.stringify({
    level: 'warn',
    time: '2026-03-01T10:11:12.345Z',
    pid: 7,
    hostname: 'here',
    name: 'worker model',
    sweep: 's',
    cell: 's/humaneval/a/m/direct/0',
    workflowId: 's/humaneval/a/m/direct/0',
    activityType: 'generate',
    attempt: 2,
    error: { type: 'ModelTimeout', message: 'gave no answer', stack: 'at here' },
    msg: 'Activity failed',
  });
  expect(lineForPeople(line, PLAIN).replace(/^\d\d:\d\d:/, '')).toBe(
    '12 WARN  Activity failed: ModelTimeout: gave no answer cell=s/humaneval/a/m/direct/0 activityType=generate attempt=2\n',
  );
});

test('whatever a message holds, it is one line that steers no terminal', () => {
  const hostile = fc.oneof(fc.string({ unit: 'binary' }), fc.constant('\u001B[2J\u202Eevil\r\n\u2028\u0000'));
  fc.assert(
    fc.property(hostile, hostile, (msg, field) => {
      const line = lineForPeople(JSON.stringify({ level: 'info', time: '2026-01-01T00:00:00Z', msg, field }), PLAIN);
      expect(line.endsWith('\n')).toBe(true);
      expect(line.slice(0, -1)).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
      expect(line.length).toBeLessThan(430);
    }),
  );
});

test('secrets are taken out however they are written, and short words are no secrets', () => {
  const clean = redactor(['my "key"\\of doom', 'EMPTY', '']);
  expect(clean(JSON.stringify({ msg: 'my "key"\\of doom EMPTY' }))).toBe('{"msg":"[key] EMPTY"}');
  expect(clean('my%20%22key%22%5Cof%20doom')).toBe('[key]');
  expect(clean(Buffer.from('my "key"\\of doom').toString('base64'))).toBe('[key]');
});
