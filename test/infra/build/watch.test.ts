import { afterAll, describe, expect, test } from '@jest/globals';
import { GRADINGS } from '../../../domain/task.js';
import { judge } from '../../../domain/verdict.js';
import { reached, watched } from '../../../infra/build/watch.js';
import { type Run, TestSandbox } from '../../support/test-sandbox.js';

const sandbox = new TestSandbox();
afterAll(() => sandbox.close());

/** What a function does before it returns what its test expects. */
const ACTS: readonly (readonly [name: string, lines: readonly string[], found: string | null])[] = [
  ['reads a file of the system', ['open("/etc/passwd").read()'], 'file: open /etc/passwd'],
  ['reads it by another road', ['import pathlib', 'pathlib.Path("/etc/hosts").read_text()'], 'file: open /etc/hosts'],
  [
    'hides what it is refused',
    ['try:', '    open("/etc/passwd")', 'except BaseException:', '    pass'],
    'file: open /etc/passwd',
  ],
  ['lists a folder', ['import os', 'os.listdir("/")'], 'file: os.listdir /'],
  ['starts a program', ['import subprocess', 'subprocess.run(["true"])'], 'process: subprocess.Popen true'],
  ['starts a shell', ['import os', 'os.system("true")'], 'process: os.system'],
  [
    'looks a name up',
    ['import socket', 'try:', '    socket.getaddrinfo("example.com", 80)', 'except OSError:', '    pass'],
    'network: socket.getaddrinfo example.com',
  ],
  [
    'connects',
    ['import socket', 'socket.socket().connect(("127.0.0.1", 9))'],
    "network: socket.connect ('127.0.0.1', 9)",
  ],
  ['does none of it', ['import json', 'json.loads("[1]")'], null],
  ['has a temporary file', ['import tempfile', 'with tempfile.TemporaryFile() as file:', '    file.write(b"x")'], null],
  ['reads what Python brings', ['import zoneinfo, json', 'open(json.__file__).read()'], null],
  ['imports what runs programs', ['import subprocess, socket, multiprocessing, urllib.request, ctypes.util'], null],
];

async function runOf(lines: readonly string[], test: string): Promise<Omit<Run, 'grading'>> {
  const program = `def f(x):\n${lines.map((line) => `    ${line}\n`).join('')}    return x + 1\n`;
  return { program: await watched(program), test: await watched(test), entryPoint: 'f' };
}

describe.each(GRADINGS)('%s', (grading) => {
  test('what a function does is seen, and nothing else', async () => {
    const runs = await Promise.all(
      ACTS.map(async ([, lines]) => ({ ...(await runOf(lines, 'assert f(1) == 2\n')), grading })),
    );
    const reports = await sandbox.runAll(runs);
    const found = reports.map((report, at) => {
      const seen = reached(report);
      return [ACTS[at]?.[0], seen === null ? null : `${seen.kind}: ${seen.what}`.slice(0, ACTS[at]?.[2]?.length ?? 0)];
    });
    expect(found).toEqual(ACTS.map(([name, , what]) => [name, what]));
    const harmless = reports.filter((_, at) => ACTS[at]?.[2] === null);
    for (const report of harmless) expect(report.exception).toBeNull();
    if (grading === 'isolated') expect(harmless.map(judge)).toEqual(harmless.map(() => 'pass'));
  });

  test('what a test does is seen as well', async () => {
    const run = await runOf(['pass'], 'open("/etc/passwd")\nassert f(1) == 2\n');
    const [report] = await sandbox.runAll([{ ...run, grading }]);
    expect(report === undefined ? null : reached(report)).toEqual({ kind: 'file', what: 'open /etc/passwd' });
  });
});

test('the first statement of a program that looks ahead stays the first', async () => {
  expect(await watched('from __future__ import annotations\nx = 1\n')).toMatch(/^from __future__ import annotations\n/);
});
